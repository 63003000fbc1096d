// Measures over the years that they run.
import type { Palette } from '../lib/theme.svelte';
import { base, categories, tooltip, values, type Option } from './option';

export type Span = { name: string; first: number; last: number; firm: boolean; note: string };

export function timeline(palette: Palette, spans: Span[], first: number, last: number, width: number): Option {
  return {
    ...base(palette),
    grid: { left: 4, right: 16, top: 4, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => `${spans[data.dataIndex]!.name}\n${spans[data.dataIndex]!.note}`),
    xAxis: values(palette, (v) => (v <= last ? String(v) : ''), { min: first, max: last + 1, minInterval: 1, interval: Math.max(1, Math.ceil((last - first) / (width < 700 ? 4 : 10))) }),
    yAxis: { ...categories(palette, spans.map((s) => s.name), Math.min(230, width * 0.42)), inverse: true, axisLine: { show: false } },
    series: [
      { type: 'bar', stack: 'way', silent: true, itemStyle: { color: 'transparent' }, data: spans.map((s) => s.first) },
      {
        type: 'bar', stack: 'way', barMaxWidth: 16,
        data: spans.map((s) => ({
          value: s.last + 1 - s.first,
          itemStyle: s.firm ? { color: palette.gain, borderRadius: 2 } : { color: palette.ground, borderColor: palette.muted, borderWidth: 1.5, borderType: 'dashed', borderRadius: 2 },
        })),
      },
    ],
  } as Option;
}
