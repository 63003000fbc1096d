// Bars whose parts are told apart: what is delivered, under way and planned.
import { inWords, brief } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, tooltip, values, type Option } from './option';

export type Stack = { name: string; parts: number[] };

export function stackedBars(palette: Palette, parts: string[], bars: Stack[], unit: string, width: number): Option {
  // Darkest first, the last only an outline: the order can be read in grey print too.
  const styles = [{ color: palette.gain }, { color: palette.up[2] }, { color: palette.ground, borderColor: palette.muted, borderWidth: 1.2, borderType: 'dashed' }];
  return {
    ...base(palette),
    legend: { top: 0, left: 0, data: parts, textStyle: { color: palette.ink }, itemHeight: 10, itemWidth: 16, selectedMode: false },
    grid: { left: 4, right: 16, top: 30, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const bar = bars[data.dataIndex]!;
      return [bar.name, ...parts.map((part, i) => `${part} ${inWords(bar.parts[i]!)} ${unit}`)].join('\n');
    }),
    xAxis: values(palette, (v) => (v === 0 ? '0' : inWords(v).replace(/^[\d.,\u202f]+/, (digits) => brief(Number(digits.replace('\u202f', '')))))),
    yAxis: { ...categories(palette, bars.map((b) => b.name), Math.min(200, width * 0.36)), inverse: true, axisLine: { show: false } },
    series: parts.map((name, i) => ({ name, type: 'bar', stack: 'all', barMaxWidth: 18, itemStyle: styles[i], data: bars.map((b) => b.parts[i] || null) })),
  } as Option;
}
