// What a field of a measure can hold, from the words that the lists use for its type.

import type { Field } from '../lib/types';

export type Option = { code: string; name: string };
/** What the accounts and the programme offer to choose from. */
export type Choices = { regions: Option[]; sectors: Option[]; categories: Option[] };

export type Range = { low: number; mid: number; high: number };
export const isRange = (value: unknown): value is Range => typeof value === 'object' && value !== null && 'mid' in value;

export type Shape = 'number' | 'share' | 'amount' | 'year' | 'region' | 'sector' | 'category' | 'choice' | 'list' | 'numbers' | 'parts' | 'period' | 'flag' | 'trade_costs' | 'text';

export function shapeOf(type: string): Shape {
  if (type === 'number') return 'number';
  if (type.startsWith('share,')) return 'share';
  if (type === 'amount of money') return 'amount';
  if (type === 'year') return 'year';
  if (type === 'region') return 'region';
  if (type === 'sector') return 'sector';
  if (type === 'final-use category') return 'category';
  if (type === 'one of') return 'choice';
  if (type.startsWith('list of shares') || type === 'list of years') return 'numbers';
  if (type.startsWith('shares') || type.startsWith('parts')) return 'parts';
  if (type.startsWith('first and last')) return 'period';
  if (type === 'true or false') return 'flag';
  if (type.startsWith('list of {')) return 'trade_costs';
  if (type.startsWith('list of')) return 'list';
  return 'text';
}

/** Where a slider may go: all of a share, from nothing to the double of any other number. */
export function sliderRange(shape: Shape, value: number): { min: number; max: number; step: number } {
  if (shape === 'share') return { min: 0, max: 1, step: 0.01 };
  if (value === 0) return { min: -1, max: 1, step: 0.01 };
  const size = Math.abs(value);
  return { min: value < 0 ? -2 * size : 0, max: value < 0 ? 0 : 2 * size, step: size / 50 };
}

/** Rid of the tail that a slider's arithmetic leaves: 0.30000000000000004 is 0.3. */
export const tidy = (value: number) => Number(value.toPrecision(6));

/** The words of a text as a list; "all" stays a word. */
export function listOf(text: string): string | string[] {
  const words = text.split(/[,;]/).map((word) => word.trim()).filter(Boolean);
  return words.length === 1 && words[0] === 'all' ? 'all' : words;
}

/** Fields under the name before their dot, in the order of the rows. */
export function grouped(fields: Field[]): { name: string; fields: Field[] }[] {
  const list: { name: string; fields: Field[] }[] = [];
  for (const field of fields) {
    const name = field.name.includes('.') ? field.name.split('.')[0]! : '';
    const last = list.at(-1);
    if (last && last.name === name) last.fields.push(field);
    else list.push({ name, fields: [field] });
  }
  return list;
}
