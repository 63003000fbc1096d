// The way from gross to net: each bar starts where the one before ended.
import { brief, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, label, tooltip, values, type Option } from './option';

export type Step = { name: string; value: number; total?: boolean };

/** Steps with the sum at the end: [gross] + changes -> net. */
export function waterfall(palette: Palette, steps: Step[], unit: string, width: number): Option {
  let level = 0;
  const bars = steps.map((step) => {
    const from = step.total ? 0 : level;
    level = step.total ? step.value : level + step.value;
    return { from: Math.min(from, level), size: Math.abs(level - from), high: Math.max(from, level), step };
  });
  const colour = (step: Step) => (step.total ? palette.total : step.value >= 0 ? palette.gain : palette.loss);
  return {
    ...base(palette),
    grid: { left: 4, right: 70, top: 4, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => `${steps[data.dataIndex]!.name}\n${withUnit(signed(steps[data.dataIndex]!.value), unit)}`),
    xAxis: values(palette, brief),
    yAxis: { ...categories(palette, steps.map((s) => s.name), Math.min(220, width * 0.4)), inverse: true, axisLine: { show: false } },
    series: [
      { type: 'bar', stack: 'way', stackStrategy: 'all', silent: true, itemStyle: { color: 'transparent' }, data: bars.map((b) => b.from), barMaxWidth: 24 },
      {
        type: 'bar', stack: 'way', stackStrategy: 'all', barMaxWidth: 24, barCategoryGap: '25%',
        data: bars.map((b) => ({
          value: b.size, itemStyle: { color: colour(b.step) },
          label: { show: true, position: 'right', formatter: () => signed(b.step.value), ...label(palette, { fontSize: 11, fontWeight: b.step.total ? 600 : 400 }) },
        })),
      },
    ],
  } as Option;
}
