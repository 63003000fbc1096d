// A sum taken apart: gains to the right, losses to the left, the sum beside each bar and marked on it.
import { briefSigned, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, label, tooltip, values, type Option } from './option';

export type Split = { name: string; parts: number[]; sum: number };

const legendRows = (parts: string[], width: number) => Math.ceil(parts.reduce((sum, part) => sum + 38 + 7 * part.length, 0) / Math.max(width, 100));

export function splitBars(palette: Palette, parts: string[], bars: Split[], unit: string, width: number): Option {
  const left = { ...categories(palette, bars.map((b) => b.name), Math.min(170, width * 0.34)), inverse: true, axisLine: { show: false } };
  const right = { ...categories(palette, bars.map((b) => signed(b.sum)), 80), inverse: true, axisLine: { show: false }, position: 'right' };
  return {
    ...base(palette),
    legend: { top: 0, left: 0, data: parts, textStyle: { color: palette.ink }, itemHeight: 10, itemWidth: 14, itemGap: 12, selectedMode: false },
    grid: { left: 4, right: 8, top: 10 + 24 * legendRows(parts, width), bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const bar = bars[data.dataIndex]!;
      return [bar.name, ...parts.map((part, i) => `${part} ${signed(bar.parts[i])}`), `together ${withUnit(signed(bar.sum), unit)}`].join('\n');
    }),
    xAxis: values(palette, briefSigned),
    yAxis: [left, { ...right, axisLabel: { ...label(palette, { fontSize: 11, fontWeight: 600 }), interval: 0 } }],
    series: [
      ...parts.map((name, i) => ({
        name, type: 'bar', stack: 'all', barMaxWidth: 18, barCategoryGap: '28%',
        itemStyle: { color: palette.series[i % palette.series.length], borderColor: palette.ground, borderWidth: 0.6 },
        data: bars.map((b) => b.parts[i]),
      })),
      // On its own axis, so that the sums stand beside their bars.
      { type: 'scatter', yAxisIndex: 1, symbol: 'rect', symbolSize: [3, 20], z: 5, itemStyle: { color: palette.ink, opacity: 1 }, data: bars.map((b, i) => [b.sum, i]) },
    ],
  } as Option;
}

export const splitBarsHeight = (count: number) => Math.max(140, 24 * count + 120);
