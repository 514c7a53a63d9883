/** Work done in small portions, one per frame, so that the page never stalls: tiles are painted through this. */

export interface Job {
  run(): void;
  /** A job that nobody wants any more is dropped. */
  wanted(): boolean;
}

export class WorkQueue {
  private jobs: Job[] = [];
  private scheduled = false;

  /** `budget` is how many milliseconds a portion may take; `schedule` and `clock` are the browser's. */
  constructor(
    private readonly budget: number,
    private readonly schedule: (work: () => void) => void = (work) => void requestAnimationFrame(work),
    private readonly clock: () => number = () => performance.now(),
  ) {}

  add(job: Job): void {
    this.jobs.push(job);
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(() => this.workThrough());
  }

  private workThrough(): void {
    const end = this.clock() + this.budget;
    let next: Job | undefined;
    // At least one job a frame, however slow: work must come to an end.
    while ((next = this.jobs.shift())) {
      if (!next.wanted()) continue;
      next.run();
      if (this.clock() >= end) break;
    }
    this.scheduled = this.jobs.length > 0;
    if (this.scheduled) this.schedule(() => this.workThrough());
  }
}
