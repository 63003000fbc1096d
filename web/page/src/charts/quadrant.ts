// Points between two axes and a cross: hollow before, full after. What stands right of the cross and above it needs a look.
import { brief } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, label, tooltip, values, type Option } from './option';

export type Place = { x: number; y: number };
export type Point = { name: string; before: Place; after: Place; named: boolean; note: string };

/** x in per cent, drawn as square roots: few products are large, and the small ones are told apart. */
export function quadrant(palette: Palette, points: Point[], cross: Place, titles: { x: string; y: string; corner: string }, width: number): Option {
  const narrow = width < 560;
  const at = (p: Place) => [Math.sqrt(p.x), p.y];
  const furthest = Math.ceil(Math.sqrt(Math.max(cross.x, ...points.map((p) => Math.max(p.before.x, p.after.x)))) * 1.04);
  const line = (data: (number | string)[][], extra: object) => ({ type: 'line', silent: true, symbol: 'none', data, ...extra });
  // Where there is little room only what is above the cross is named, and what stands far to the right above or below its point.
  const isNamed = (p: Point) => p.named && (!narrow || p.after.y > cross.y);
  const farRight = points.filter((p) => isNamed(p) && Math.sqrt(p.after.x) > furthest * 0.5);
  const side = (p: Point) => (!narrow || !farRight.includes(p) ? 'right' : farRight.indexOf(p) % 2 === 0 ? 'top' : 'bottom');
  const dots = (name: string, hollow: boolean) => ({
    name, type: 'scatter', symbolSize: hollow ? 11 : 8,
    itemStyle: hollow ? { color: palette.ground, borderColor: palette.loss, borderWidth: 1.6, opacity: 1 } : { color: palette.gain, opacity: 0.95 },
    data: points.map((p) => ({
      value: at(hollow ? p.before : p.after),
      label: { show: !hollow && isNamed(p), position: side(p), distance: side(p) === 'right' ? 7 : 13, width: narrow ? 110 : 190, overflow: 'truncate', formatter: () => p.name, ...label(palette, { fontSize: 11 }) },
    })),
    labelLayout: { hideOverlap: true },
  });
  return {
    ...base(palette),
    legend: { top: 0, left: 0, data: ['before', 'after'], textStyle: { color: palette.ink }, itemHeight: 10, selectedMode: false },
    grid: { left: 10, right: narrow ? 20 : 120, top: 46, bottom: 30, containLabel: true },
    tooltip: tooltip(palette, (data) => `${points[data.dataIndex]!.name}\n${points[data.dataIndex]!.note}`),
    xAxis: values(palette, (v) => `${brief(v * v)} %`, { min: 0, max: furthest, interval: Math.max(1, Math.ceil(furthest / 8)), name: titles.x, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: palette.muted } }),
    yAxis: values(palette, brief, { min: 0, max: 1, name: titles.y, nameLocation: 'end', nameGap: 8, nameTextStyle: { color: palette.muted, align: 'left' } }),
    series: [
      line([[Math.sqrt(cross.x), 0], [Math.sqrt(cross.x), 1]], { lineStyle: { color: palette.muted, width: 1, type: 'dashed' } }),
      line([[0, cross.y], [furthest, cross.y]], {
        lineStyle: { color: palette.muted, width: 1, type: 'dashed' }, endLabel: { show: true, formatter: titles.corner, offset: [-6, -10], align: 'right', ...label(palette, { fontSize: 11, color: palette.muted }) },
      }),
      line(points.flatMap((p) => [at(p.before), at(p.after), ['-', '-']]), { lineStyle: { color: palette.muted, width: 1.5 } }),
      dots('before', true),
      dots('after', false),
    ],
  } as Option;
}
