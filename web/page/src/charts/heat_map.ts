// Rows x columns in classes of colour: changes on both sides of nothing, or amounts.
import { plain, signed, withUnit } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';
import { amounts, base, categories, classes, tooltip, type Option } from './option';

export type Grid = { rows: string[]; columns: string[]; values: (number | null)[][] };

export function heatMap(palette: Palette, grid: Grid, unit: string, width: number, change: boolean): Option {
  const text = change ? signed : plain;
  const points: [number, number, number][] = [];
  let largest = 0;
  grid.values.forEach((line, r) =>
    line.forEach((value, c) => {
      if (value === null || !Number.isFinite(value)) return;
      points.push([c, r, value]);
      largest = Math.max(largest, Math.abs(value));
    }),
  );
  const narrow = width < 640;
  const scale = (change ? classes : amounts)(palette, largest, !narrow ? 'upright' : width < 420 ? 'tight' : 'lying');
  const place = narrow ? { left: 0, bottom: 0 } : { right: 0, top: 'middle' };
  return {
    ...base(palette), animation: false,
    grid: { left: 4, right: narrow ? 6 : 118, top: 4, bottom: narrow ? 30 : 4, containLabel: true },
    tooltip: tooltip(palette, (data) => {
      const [c, r, value] = data.data as [number, number, number];
      return `${grid.rows[r]}\n${grid.columns[c]}\n${withUnit(text(value), unit)}`;
    }),
    xAxis: { ...categories(palette, grid.columns), position: 'top', axisLabel: { color: palette.ink, fontSize: 11, interval: 0, rotate: 60, width: 105, overflow: 'truncate' }, axisLine: { show: false }, splitArea: { show: false } },
    yAxis: { ...categories(palette, grid.rows, narrow ? 110 : 200), inverse: true, axisLine: { show: false } },
    visualMap: { ...scale, ...place },
    series: [{ type: 'heatmap', data: points, itemStyle: { borderColor: palette.ground, borderWidth: 1 }, emphasis: { itemStyle: { borderColor: palette.ink, borderWidth: 1.5 } }, progressive: 0 }],
  } as Option;
}

export const heatMapHeight = (rows: number, narrow = false) => 21 * rows + 120 + (narrow ? 26 : 0);
