// The server's answers as values. Whatever goes wrong arrives as findings, in the words of the command line.
import type { Economy } from './economy';
import type { Edit, Finding, Job, Lists, Live, Project, ProgrammeRead, Result, Row } from './types';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly findings: Finding[],
  ) {
    super(findings.map(told).join('\n') || `the server answered ${status}`);
  }
}

/** A finding as one sentence: what was found, the rule, the next step. */
export function told(finding: Finding): string {
  return [finding.found, finding.expected, finding.remedy].filter(Boolean).join('; ');
}

/** What to show of anything that was thrown. */
export function findingsOf(error: unknown): Finding[] {
  if (error instanceof Refused && error.findings.length > 0) return error.findings;
  const found = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof TypeError ? 'is kontor serve still running? Start it again and open the address that it prints' : '';
  return [{ code: 'no-answer', severity: 'error', file: '', row: '', column: '', found, expected: '', remedy }];
}

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/api/${path}`, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.ok) return (await answer.json()) as T;
  let findings: Finding[] = [];
  try {
    findings = ((await answer.json()) as { findings?: Finding[] }).findings ?? [];
  } catch {
    // no JSON: the status alone has to do
  }
  throw new Refused(answer.status, findings);
}

const get = <T>(path: string) => ask<T>('GET', path);
const post = <T>(path: string, body: unknown) => ask<T>('POST', path, body);
const part = encodeURIComponent;

/** Parameters as a query; an empty text asks for rows that are empty there, what is undefined is left out. */
function query(parameters: Record<string, string | number | undefined>): string {
  const list = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return list.map(([name, value]) => `${name}=${part(String(value))}`).join('&');
}

type RowTable = { columns?: string[]; rows: unknown[] };

/** Rows as objects, whether they came as lists under column names or as objects. */
export function rowsOf(table: RowTable | unknown[]): Row[] {
  if (Array.isArray(table)) return table as Row[];
  const { columns, rows } = table;
  if (!columns) return rows as Row[];
  return rows.map((values) => Object.fromEntries(columns.map((name, i) => [name, (values as unknown[])[i]])) as Row);
}

const kept = new Map<string, Promise<Row[]>>();

/** Rows of a result never change, so each question is asked once. */
export function resultRows(result: string, where: { indicator: string } & Record<string, string | number | undefined>): Promise<Row[]> {
  const path = `results/${part(result)}/rows?${query(where)}`;
  let rows = kept.get(path);
  if (!rows) {
    rows = get<RowTable>(path).then(rowsOf);
    rows.catch(() => kept.delete(path));
    kept.set(path, rows);
  }
  return rows;
}

export const api = {
  project: () => get<Project>('project'),
  lists: () => get<Lists>('lists'),
  describe: (id: string) => get<Economy>(`accounts/${part(id)}`),
  check: (id: string) => get<{ findings: Finding[] }>(`accounts/${part(id)}/check`),
  region: (id: string, region: string) => get<RowTable | unknown[]>(`accounts/${part(id)}/region?${query({ region })}`),
  flows: (id: string) => get<{ regions: string[]; values: number[][] }>(`accounts/${part(id)}/flows`),
  chain: (id: string, region: string, sector: string) =>
    get<{ nodes: { id: string; name: string; kind: string }[]; links: { from: string; to: string; value: number }[] }>(
      `accounts/${part(id)}/chain?${query({ region, sector })}`,
    ),
  programme: (id: string) => get<{ name: string; toml: string; hash: string }>(`programmes/${part(id)}`),
  read: (id: string, toml: string) => post<ProgrammeRead>('programmes/read', { toml, id }),
  edit: (id: string, toml: string, edits: Edit[]) => post<{ toml: string; findings: Finding[] }>('programmes/edit', { toml, id, edits }),
  save: (id: string, toml: string, hash: string) => ask<{ hash: string }>('PUT', `programmes/${part(id)}`, { toml, hash }),
  run: (programme: string, toml: string, draws: number, save: string | null) =>
    post<{ job: string }>('run', { toml, programme, options: { draws, attribution: 'path', gross_only: false }, save }),
  jobs: () => get<{ jobs: Job[] }>('jobs'),
  job: (id: string) => get<Job>(`jobs/${part(id)}`),
  cancel: (id: string) => post<Job>(`jobs/${part(id)}/cancel`, {}),
  result: (id: string) => get<Result>(`results/${part(id)}`),
  compare: (a: string, b: string) => get<RowTable & { findings?: Finding[] }>(`compare?${query({ a, b })}`),
  live: (programme: string, toml: string, edits: Edit[], year: number) => post<Live>('live', { toml, programme, year, ...(edits.length > 0 ? { edits } : {}) }),
  fileAddress: (result: string, name: string) => `/api/results/${part(result)}/file/${part(name)}`,
};

/** Follows a job until it ends or the caller leaves, by what this returns. Falls back to asking where the stream breaks. */
export function follow(id: string, step: (job: Partial<Job>) => void, end: (job: Job) => void): () => void {
  const events = new EventSource(`/api/jobs/${part(id)}/events`);
  let over = false;
  const leave = () => {
    over = true;
    events.close();
  };
  events.addEventListener('step', (event) => step(JSON.parse((event as MessageEvent<string>).data) as Partial<Job>));
  events.addEventListener('end', (event) => {
    leave();
    end(JSON.parse((event as MessageEvent<string>).data) as Job);
  });
  events.onerror = () => {
    events.close();
    const again = async () => {
      if (over) return;
      const job = await api.job(id);
      if (over) return;
      step(job);
      if (job.state === 'waiting' || job.state === 'running') setTimeout(again, 500);
      else end(job);
    };
    void again();
  };
  return leave;
}
