// How far each number moves with the draws: light holds nine tenths of them, dark half, the mark is the middle.
import { briefSigned, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, label, tooltip, values, type Option } from './option';

export type Spread = { name: string; p5: number; p25: number; p50: number; p75: number; p95: number };

export function ranges(palette: Palette, list: Spread[], unit: string, width: number): Option {
  const part = (data: number[], colour: string) => ({ type: 'bar', stack: 'range', stackStrategy: 'all', barMaxWidth: 13, itemStyle: { color: colour }, data });
  return {
    ...base(palette),
    grid: { left: 4, right: 62, top: 4, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const s = list[data.dataIndex]!;
      return `${s.name}\nmiddle ${withUnit(signed(s.p50), unit)}\nhalf of the draws ${signed(s.p25)} to ${signed(s.p75)}\nnine tenths ${signed(s.p5)} to ${signed(s.p95)}`;
    }),
    xAxis: values(palette, briefSigned),
    yAxis: { ...categories(palette, list.map((s) => s.name), Math.min(170, width * 0.34)), inverse: true, axisLine: { show: false } },
    series: [
      part(list.map((s) => s.p5), 'transparent'),
      part(list.map((s) => s.p25 - s.p5), palette.up[2]!),
      part(list.map((s) => s.p75 - s.p25), palette.up[1]!),
      { ...part([], palette.up[2]!), data: list.map((s) => ({ value: s.p95 - s.p75, label: { show: true, position: 'right', formatter: () => signed(s.p50), ...label(palette, { fontSize: 11 }) } })) },
      {
        type: 'scatter', symbol: 'rect', symbolSize: [3, 15], itemStyle: { color: palette.ink, opacity: 1 },
        data: list.map((s, i) => [s.p50, i]),
      },
    ],
  } as Option;
}
