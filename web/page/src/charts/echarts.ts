// The part of ECharts that the page draws with. Loaded when the first chart comes into view.
import { BarChart, HeatmapChart, LineChart, MapChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapPiecewiseComponent } from 'echarts/components';
import { init, registerMap, use } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { Option } from './option';

use([BarChart, HeatmapChart, LineChart, MapChart, SankeyChart, ScatterChart]);
use([GridComponent, LegendComponent, TooltipComponent, VisualMapPiecewiseComponent, CanvasRenderer, SVGRenderer, LabelLayout]);

export type Drawn = EChartsType;

export function draw(element: HTMLElement): Drawn {
  return init(element, null, { renderer: 'canvas' });
}

/** The chart as a file of its own, drawn anew: as text, so that nothing of it enters the page. */
export function svgText(option: Option, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option, animation: false });
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

const known = new Set<string>();

/** Makes outlines known by name; once is enough. */
export function registerOutlines(name: string, geojson: object): void {
  if (known.has(name)) return;
  registerMap(name, geojson as Parameters<typeof registerMap>[1]);
  known.add(name);
}
