// The programme being changed: its text is the truth, the form and the portfolio are read from it.
import { api, findingsOf } from '../lib/api';
import type { Edit, Finding, Measure, ProgrammeRead } from '../lib/types';

const idle = 350; // ms of no typing until the text is read

export class Editor {
  toml = $state('');
  saved = $state('');
  hash = '';
  name = $state('');
  read: ProgrammeRead | undefined = $state.raw();
  trouble: Finding[] = $state.raw([]); // what a request itself ran into
  busy = $state(false);
  private history: string[] = $state([]);
  private queue: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly id: string) {}

  async open(): Promise<void> {
    const programme = await api.programme(this.id);
    this.toml = this.saved = programme.toml;
    this.hash = programme.hash;
    this.name = programme.name;
    await this.readAgain();
  }

  get changed(): boolean {
    return this.toml !== this.saved;
  }
  get canUndo(): boolean {
    return this.history.length > 0;
  }
  get errors(): Finding[] {
    return (this.read?.findings ?? []).filter((f) => f.severity === 'error');
  }

  /** One after the other: each change is made to the text that the one before left. */
  apply(edits: Edit[]): Promise<void> {
    this.busy = true;
    this.queue = this.queue.then(async () => {
      try {
        const answer = await api.edit(this.id, this.toml, edits);
        this.remember();
        this.toml = answer.toml;
        this.trouble = answer.findings.filter((f) => f.severity === 'error');
        await this.readAgain();
      } catch (error) {
        this.trouble = findingsOf(error);
      } finally {
        this.busy = false;
      }
    });
    return this.queue;
  }

  typed(text: string): void {
    if (this.timer === undefined) this.remember();
    this.toml = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.readAgain();
    }, idle);
  }

  undo(): void {
    const before = this.history.pop();
    if (before === undefined) return;
    this.toml = before;
    void this.readAgain();
  }

  async save(): Promise<void> {
    try {
      const toml = this.toml;
      this.hash = (await api.save(this.id, toml, this.hash)).hash;
      this.saved = toml;
      this.trouble = [];
    } catch (error) {
      this.trouble = findingsOf(error);
    }
  }

  private remember(): void {
    this.history = [...this.history.slice(-99), this.toml];
  }

  private async readAgain(): Promise<void> {
    const toml = this.toml;
    try {
      const answer = await api.read(this.id, toml);
      if (toml !== this.toml) return; // the text went on
      // A text that cannot be read keeps the last form, so that nothing jumps while one types.
      const kept = answer.measures.length === 0 && answer.findings.some((f) => f.severity === 'error') ? (this.read?.measures ?? []) : answer.measures;
      this.read = { programme: answer.programme ?? this.read?.programme ?? null, measures: kept, overlaps: answer.overlaps, findings: answer.findings };
    } catch (error) {
      this.trouble = findingsOf(error);
    }
  }
}

/** The findings that lie in the lines of one measure. */
export function findingsAt(read: ProgrammeRead, measure: Measure): Finding[] {
  const rows = read.measures.map((m) => Number(m.row)).filter(Number.isFinite).sort((a, b) => a - b);
  const first = Number(measure.row);
  const next = rows.find((row) => row > first) ?? Infinity;
  return read.findings.filter((f) => Number(f.row) >= first - 1 && Number(f.row) < next - 1);
}

/** `money.total (column 11)` belongs to the field `money.total`. */
export const isAbout = (finding: Finding, field: string) => finding.column.replace(/ \(column \d+\)$/, '') === field;
