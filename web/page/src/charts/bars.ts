// Ranked bars: who gains and who loses, the largest gain first.
import { brief, briefSigned, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, label, tooltip, values, type Option } from './option';

export type Bar = { name: string; value: number; note?: string };

export function rankedBars(palette: Palette, bars: Bar[], unit: string, width: number, text: (value: number) => string = signed): Option {
  const names = Math.min(170, width * 0.34);
  return {
    ...base(palette),
    grid: { left: 4, right: 62, top: 4, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const bar = bars[data.dataIndex]!;
      return `${bar.name}\n${withUnit(text(bar.value), unit)}${bar.note ? `\n${bar.note}` : ''}`;
    }),
    xAxis: values(palette, text === signed ? briefSigned : brief),
    yAxis: { ...categories(palette, bars.map((b) => b.name), names), inverse: true, axisLine: { show: false } },
    series: [
      {
        type: 'bar', barMaxWidth: 18, barCategoryGap: '28%',
        data: bars.map((b) => ({
          value: b.value,
          itemStyle: { color: b.value >= 0 ? palette.gain : palette.loss },
          label: { show: true, position: 'right', formatter: () => text(b.value), ...label(palette, { fontSize: 11 }) },
        })),
      },
    ],
  } as Option;
}

export const barsHeight = (count: number) => Math.max(90, 22 * count + 40);
