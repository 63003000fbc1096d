// What moves an answer: each uncertain number at its low and its high point, all others central.
import { brief, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, categories, tooltip, values, type Option } from './option';

export type Driver = { name: string; low: number; high: number };

export function tornado(palette: Palette, drivers: Driver[], central: number | null, unit: string, width: number): Option {
  const [low, high] = ['at its 5 % point', 'at its 95 % point'];
  const dot = (name: string, hollow: boolean, of: (d: Driver) => number) => ({
    name, type: 'scatter', symbolSize: hollow ? 11 : 9, z: 4, data: drivers.map((d, i) => [of(d), i]),
    itemStyle: hollow ? { color: palette.ground, borderColor: palette.loss, borderWidth: 2, opacity: 1 } : { color: palette.gain, opacity: 1 },
  });
  return {
    ...base(palette),
    legend: { top: 0, left: 0, data: [low, high, ...(central === null ? [] : ['central case'])], textStyle: { color: palette.ink }, itemHeight: 10, selectedMode: false },
    grid: { left: 4, right: 24, top: width < 420 ? 52 : 30, bottom: 22, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const d = drivers[data.dataIndex];
      return d ? `${d.name}\n${low} ${withUnit(signed(d.low, 4), unit)}\n${high} ${withUnit(signed(d.high, 4), unit)}` : '';
    }),
    xAxis: values(palette, brief, { scale: true }),
    yAxis: { ...categories(palette, drivers.map((d) => d.name), Math.min(260, width * 0.42)), inverse: true, axisLine: { show: false } },
    series: [
      ...drivers.map((d, i) => ({ type: 'line', silent: true, symbol: 'none', z: 3, lineStyle: { color: palette.muted, width: 5 }, data: [[d.low, i], [d.high, i]] })),
      dot(low!, true, (d) => d.low),
      dot(high!, false, (d) => d.high),
      ...(central === null ? [] : [{
        name: 'central case', type: 'line', silent: true, symbol: 'none', z: 2, itemStyle: { color: palette.ink }, lineStyle: { color: palette.ink, width: 1.2, type: 'dashed' },
        data: [[central, 0], [central, Math.max(drivers.length - 1, 0)]],
      }]),
    ],
  } as Option;
}
