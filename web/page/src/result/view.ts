// What the sections of a result share: labels, and how to find a number among the rows.
import type { Region, Result, Row } from '../lib/types';

export type Labels = { region: (code: string) => string; sector: (code: string) => string; leaves: Region[]; abroad: Region[] };

export function labelsOf(regions: Region[], sectors: { code: string; name: string }[]): Labels {
  const names = new Map(regions.map((r) => [r.code, r.name || r.code]));
  const products = new Map(sectors.map((s) => [s.code, s.name || s.code]));
  const parents = new Set(regions.map((r) => r.parent ?? '').filter(Boolean));
  return {
    region: (code) => names.get(code) ?? code,
    sector: (code) => products.get(code) ?? code,
    leaves: regions.filter((r) => !parents.has(r.code) && !r.external && r.leaf !== false),
    abroad: regions.filter((r) => r.external),
  };
}

/** Rows that agree with every value given; what is not given is any. */
export function pick(rows: Row[], where: Partial<Row>): Row[] {
  const keys = Object.keys(where) as (keyof Row)[];
  return rows.filter((row) => keys.every((key) => row[key] === where[key]));
}

/** The year nearest to the one asked for in which there are rows; some tables exist for a few years only. */
export function nearestYear(rows: Row[], year: number): number {
  let best = year;
  let distance = Infinity;
  for (const row of rows) {
    if (row.year === null) continue;
    const d = Math.abs(row.year - year);
    if (d < distance) [best, distance] = [row.year, d];
  }
  return best;
}

export type Shared = { id: string; result: Result; labels: Labels; year: number; term: string; closure: (term: string) => string; source: string };

export const hasIndicator = (result: Result, name: string) => result.indicators.some((i) => i.name === name);

/** A preset's name in words; a closure that the programme spells out itself is called the programme's. */
export function closureNames(result: Result): (term: string) => string {
  const closures = (result.certificate['closures'] ?? []) as { term: string; name: string }[];
  return (term) => {
    const name = closures.find((c) => c.term === term)?.name ?? term;
    return /^\w+$/.test(name) ? name.replaceAll('_', ' ') : "programme's closure";
  };
}
