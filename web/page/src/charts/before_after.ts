// Two dots a line: hollow before, full after, the way between them drawn.
import { brief, plain, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, label, tooltip, values, type Option } from './option';

export type Pair = { name: string; before: number; after: number };

export function beforeAfter(palette: Palette, pairs: Pair[], unit: string, width: number): Option {
  const low = Math.min(...pairs.map((p) => Math.min(p.before, p.after)));
  return {
    ...base(palette),
    legend: { top: 0, left: 0, data: ['before', 'after'], textStyle: { color: palette.ink }, itemHeight: 10 },
    grid: { left: 4, right: 56, top: 28, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const p = pairs[data.dataIndex]!;
      return `${p.name}\nbefore ${withUnit(plain(p.before), unit)}\nafter ${withUnit(plain(p.after), unit)}`;
    }),
    xAxis: values(palette, brief, { scale: true, min: low > 10 ? Math.floor(low * 0.95) : 0 }),
    yAxis: { ...categories(palette, pairs.map((p) => p.name), Math.min(170, width * 0.34)), inverse: true, axisLine: { show: false } },
    series: [
      { type: 'bar', stack: 'way', silent: true, barWidth: 3, itemStyle: { color: 'transparent' }, data: pairs.map((p) => Math.min(p.before, p.after)) },
      { type: 'bar', stack: 'way', silent: true, barWidth: 3, data: pairs.map((p) => ({ value: Math.abs(p.after - p.before), itemStyle: { color: palette.muted } })) },
      { name: 'before', type: 'scatter', symbolSize: 12, itemStyle: { color: palette.ground, borderColor: palette.loss, borderWidth: 2 }, data: pairs.map((p, i) => [p.before, i]) },
      {
        name: 'after', type: 'scatter', symbolSize: 7, itemStyle: { color: palette.gain, opacity: 1 },
        data: pairs.map((p, i) => ({ value: [p.after, i], label: { show: true, position: 'right', distance: 8, formatter: () => signed(p.after - p.before), ...label(palette, { fontSize: 11 }) } })),
      },
    ],
  } as Option;
}
