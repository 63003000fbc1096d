// What all charts share: fonts, axes, and tooltips that are drawn as text. Labels of the accounts are never markup.
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption, MapSeriesOption, SankeySeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { brief, briefSigned } from '../lib/numbers';
import type { Palette } from '../lib/theme.svelte';

export type Option = ComposeOption<
  | BarSeriesOption | HeatmapSeriesOption | LineSeriesOption | MapSeriesOption | SankeySeriesOption | ScatterSeriesOption
  | GridComponentOption | LegendComponentOption | TooltipComponentOption | VisualMapComponentOption
>;

// No double quotes: they would end the attribute that holds them in an SVG.
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif";

export function base(palette: Palette): Option {
  return { backgroundColor: 'transparent', textStyle: { fontFamily: font, fontSize: 12, color: palette.ink }, animationDuration: 250, animationDurationUpdate: 150 };
}

/** A tooltip whose text is made by a function: drawn on the canvas, so a label cannot become HTML. */
export function tooltip(palette: Palette, text: (data: { name: string; dataIndex: number; seriesIndex: number; dataType?: string; data: unknown }) => string): TooltipComponentOption {
  return {
    renderMode: 'richText', confine: true, trigger: 'item', backgroundColor: palette.ground, borderColor: palette.line, padding: [6, 9],
    textStyle: { color: palette.ink, fontSize: 12, fontFamily: font },
    formatter: (data) => text(data as never).replace(/[{}]/g, (brace) => (brace === '{' ? '(' : ')')),  // braces would choose a text style
  };
}

export const label = (palette: Palette, extra: object = {}) => ({ color: palette.ink, fontSize: 12, ...extra });

export function categories(palette: Palette, names: string[], width = 150): object {
  return {
    type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.muted } },
    axisLabel: { ...label(palette), interval: 0, width, overflow: 'truncate' },
  };
}

export function values(palette: Palette, text: (value: number) => string, extra: object = {}): object {
  return { type: 'value', axisLabel: { color: palette.muted, fontSize: 11, formatter: text, hideOverlap: true }, splitLine: { lineStyle: { color: palette.line, type: [1, 3] } }, ...extra };
}

/** 1 or 3 times a power of ten, not above the value. */
function rung(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return value / power >= 3 ? 3 * power : power;
}
const below = (bound: number) => rung(bound * 0.99);

/** Four lower bounds of classes, each about a third of the one before: 30, 10, 3, 1. */
function ladder(largest: number): number[] {
  const first = rung(largest > 0 ? largest * 0.7 : 1);
  const bounds = [first];
  while (bounds.length < 4) bounds.push(below(bounds.at(-1)!));
  return bounds.map((b) => Number(b.toPrecision(1)));
}

type Piece = { gt?: number; lte?: number; gte?: number; lt?: number; color: string; label: string };

/** The legend of classes: upright beside the chart, or lying under it with short words. */
export type Form = 'upright' | 'lying' | 'tight';

function legend(palette: Palette, pieces: Piece[], form: Form): VisualMapComponentOption {
  const text = (fontSize: number) => ({ color: palette.ink, fontSize });
  const sizes = {
    upright: { itemWidth: 12, itemHeight: 12, itemGap: 5, textGap: 6, textStyle: text(11) },
    lying: { itemWidth: 12, itemHeight: 12, itemGap: 7, textGap: 3, textStyle: text(10) },
    tight: { itemWidth: 7, itemHeight: 9, itemGap: 3, textGap: 1, textStyle: text(8.5) },
  };
  return {
    type: 'piecewise', pieces, align: 'left', ...sizes[form],
    outOfRange: { color: palette.none }, orient: form === 'upright' ? 'vertical' : 'horizontal', padding: 2,
  } as VisualMapComponentOption;
}

/** Classes of a change, the same on both sides of nothing. */
export function classes(palette: Palette, largest: number, form: Form): VisualMapComponentOption {
  const bounds = ladder(largest);
  const upright = form === 'upright';
  const ups: Piece[] = bounds.map((lower, i) => ({
    gt: lower, ...(i > 0 ? { lte: bounds[i - 1]! } : {}), color: palette.up[i]!,
    label: !upright ? `>${brief(lower)}` : i === 0 ? `over ${briefSigned(lower)}` : `${briefSigned(lower)} to ${briefSigned(bounds[i - 1]!)}`,
  }));
  const downs: Piece[] = bounds.map((lower, i) => ({
    lt: -lower, ...(i > 0 ? { gte: -bounds[i - 1]! } : {}), color: palette.down[i]!,
    label: !upright ? `<${brief(-lower)}` : i === 0 ? `under ${brief(-lower)}` : `${brief(-lower)} to ${brief(-bounds[i - 1]!)}`,
  }));
  const none: Piece = { gte: -bounds[3]!, lte: bounds[3]!, color: palette.none, label: upright ? `within ±${brief(bounds[3]!)}` : '0' };
  return legend(palette, [...ups, none, ...downs.reverse()], form);
}

/** Classes of an amount that is never negative. */
export function amounts(palette: Palette, largest: number, form: Form): VisualMapComponentOption {
  const bounds = ladder(largest);
  const upright = form === 'upright';
  const pieces: Piece[] = bounds.map((lower, i) => ({
    gt: lower, ...(i > 0 ? { lte: bounds[i - 1]! } : {}), color: palette.up[i]!,
    label: !upright ? `>${brief(lower)}` : i === 0 ? `over ${brief(lower)}` : `${brief(lower)} to ${brief(bounds[i - 1]!)}`,
  }));
  return legend(palette, [...pieces, { lte: bounds[3]!, color: palette.none, label: upright ? `up to ${brief(bounds[3]!)}` : `≤${brief(bounds[3]!)}` }], form);
}
