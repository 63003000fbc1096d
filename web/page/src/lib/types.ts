// What the server answers. The same names as on the command line; see docs/page.md.

export type Finding = {
  code: string;
  severity: 'error' | 'warning' | 'note';
  file: string;
  row: string;
  column: string;
  found: string;
  expected: string;
  remedy: string;
};

/** One number of a result or of accounts, in long form; empty where a column does not apply. */
export type Row = {
  indicator: string;
  region: string;
  sector: string;
  partner: string;
  year: number | null;
  measure: string;
  term: string;
  value: number | null;
  unit: string;
};

export type AccountsEntry = { id: string; name: string; title: string; year: number; regions: number; sectors: number; currency: string; scale: number };
export type ProgrammeEntry = { id: string; name: string; title: string; accounts: string | null };
export type ResultEntry = { id: string; name: string; title: string; year_first: number; year_last: number; saved: boolean };
export type Project = {
  folder: string;
  writable: boolean;
  version: string;
  accounts: AccountsEntry[];
  programmes: ProgrammeEntry[];
  results: ResultEntry[];
};

export type Region = { code: string; name: string; parent?: string; nation?: string; external?: boolean; leaf?: boolean };
export type Sector = { code: string; name: string };

export type Field = { name: string; type: string; choices: string; required: boolean; meaning: string };
export type MeasureKind = { name: string; summary: string; fields: Field[] };
export type Lists = { measures: MeasureKind[]; common_fields: Field[]; programme_tables?: MeasureKind[]; indicators: { name: string; unit: string; meaning: string }[] };

export type FieldValue = { value: unknown; row: number | string; from: 'toml' | 'csv' };
export type Measure = {
  id: string;
  kind: string;
  title: string;
  status: string;
  agreement: string | null;
  row: number | string;
  fields: Record<string, FieldValue>;
  first_year: number | null;
  last_year: number | null;
  amount: number | null;
  parties: string[];
  sectors: string[];
};
/** What two measures both claim; `counted_twice` is an error unless it is meant, else a border that a person must judge. */
export type Overlap = { measures: [string, string]; what: string; counted_twice: boolean; meant: boolean };
export type ProgrammeRead = {
  programme: {
    id: string;
    title: string;
    accounts: string | null;
    first_year: number;
    last_year: number;
    currency: string;
    base_year: number;
    blocs: Record<string, string[]>;
    agreements: { id: string; title?: string }[];
    fields?: Record<string, FieldValue>;
    uncertainty?: Record<string, FieldValue>;
  } | null;
  measures: Measure[];
  overlaps: Overlap[];
  findings: Finding[];
};
export type Edit =
  | { measure: string; field: string; value: unknown }
  | { field: string; value: unknown } // of a table of its own: programme.title
  | { add: string; id: string; fields: Record<string, unknown> }
  | { remove: string };

export type Job = { id: string; programme: string; state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'; step: string; done: number; result: string | null; findings: Finding[] };

export type About = {
  outcome: string;
  programme: {
    id: string;
    title: string;
    base_year: number;
    horizon: [number, number];
    closure: string;
    measures: { id: string; kind: string; status: string; title: string }[];
  };
  accounts: {
    title: string;
    folder: string;
    year: number;
    price_year: number;
    currency: string;
    scale: number;
    unit: string;
    valuation: string;
    regions: Region[];
    sectors: Sector[];
  };
};
export type Result = {
  about: About;
  summary: string[];
  certificate: Record<string, unknown>;
  provenance: Record<string, unknown>;
  toml: string;
  indicators: { name: string; unit: string; rows: number }[];
};

export type LiveRegion = {
  region: string;
  real_income: number | null;
  real_income_percent: number | null;
  value_added: number | null;
  jobs: number | null;
  exports: number | null;
  imports: number | null;
};
export type Live = { year: number; closure: string; milliseconds: number; regions: LiveRegion[]; total: Omit<LiveRegion, 'region'>; instruments?: { measure: string; sector: string; indicator: string; value: number | null }[]; not_counted?: string[] };
