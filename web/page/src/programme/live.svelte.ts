// The answer that follows a slider: one question at a time, and always the newest.
import { api, findingsOf } from '../lib/api';
import type { Edit, Finding, Live } from '../lib/types';

export class LiveAnswer {
  answer: Live | undefined = $state.raw();
  findings: Finding[] = $state.raw([]);
  took = $state(0); // ms from the slider's move to the redrawn chart
  private waiting: { toml: string; edits: Edit[]; year: number; since: number } | undefined;
  private busy = false;

  constructor(readonly programme: string) {}

  ask(toml: string, edits: Edit[], year: number): void {
    this.waiting = { toml, edits, year, since: performance.now() };
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting) {
      const { toml, edits, year, since } = this.waiting;
      this.waiting = undefined;
      try {
        this.answer = await api.live(this.programme, toml, edits, year);
        this.findings = [];
        await new Promise(requestAnimationFrame); // the chart is drawn before the next frame
        this.took = performance.now() - since;
      } catch (error) {
        this.findings = findingsOf(error);
      }
    }
    this.busy = false;
  }
}
