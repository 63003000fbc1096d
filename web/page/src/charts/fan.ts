// A fan over years: the middle, and the bands that hold half and nine tenths of the draws.
import { briefSigned, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { base, tooltip, values, type Option } from './option';

export type FanYear = { year: number; p5: number; p25: number; p50: number; p75: number; p95: number };

export function fan(palette: Palette, years: FanYear[], unit: string): Option {
  const band = (data: number[], colour: string) => ({
    type: 'line', stack: 'fan', stackStrategy: 'all', data, symbol: 'none', lineStyle: { width: 0 }, areaStyle: { color: colour, opacity: colour === 'transparent' ? 0 : 1 }, silent: true,
  });
  return {
    ...base(palette),
    grid: { left: 8, right: 16, top: 12, bottom: 24, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const y = years[data.dataIndex]!;
      return `${y.year}\nmiddle ${withUnit(signed(y.p50), unit)}\nhalf of the draws ${signed(y.p25)} to ${signed(y.p75)}\nnine tenths ${signed(y.p5)} to ${signed(y.p95)}`;
    }),
    xAxis: { type: 'category', data: years.map((y) => String(y.year)), boundaryGap: false, axisLabel: { color: palette.ink }, axisLine: { lineStyle: { color: palette.muted } } },
    yAxis: values(palette, briefSigned),
    series: [
      band(years.map((y) => y.p5), 'transparent'),
      band(years.map((y) => y.p25 - y.p5), palette.up[3]!),
      band(years.map((y) => y.p75 - y.p25), palette.up[2]!),
      band(years.map((y) => y.p95 - y.p75), palette.up[3]!),
      { type: 'line', data: years.map((y) => y.p50), symbol: 'circle', symbolSize: 6, lineStyle: { color: palette.gain, width: 2 }, itemStyle: { color: palette.gain } },
    ],
  } as Option;
}
