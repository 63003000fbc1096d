// One number taken apart. Parts add up to their whole.
import { ask } from './api';

export type Part = { kind: string; name: string; value: number; parts?: Part[]; cells?: { from: string; to: string; value: number }[] };
export type Explanation = { indicator: string; unit: string; notes: string[]; tree: Part };

export const explain = (result: string, indicator: string, region: string, year: number, closure: string) =>
  ask<Explanation>('POST', 'explain', { result, indicator, region, sector: '', year, closure });
