/** Wait until the reader has stayed: of many quick changes only the last one counts. */

export interface Timers {
  set(work: () => void, milliseconds: number): number;
  clear(timer: number): void;
}

const BROWSER: Timers = {
  set: (work, milliseconds) => window.setTimeout(work, milliseconds),
  clear: (timer) => window.clearTimeout(timer),
};

export class Settling<T> {
  private timer: number | undefined;
  private last: T | undefined;

  constructor(
    private readonly patience: number,
    private readonly settled: (value: T) => void,
    private readonly timers: Timers = BROWSER,
  ) {}

  /** `value` is where the reader is now; told once `patience` milliseconds pass without another. */
  change(value: T): void {
    if (this.timer !== undefined) this.timers.clear(this.timer);
    if (value === this.last) {
      this.timer = undefined;
      return;
    }
    this.timer = this.timers.set(() => {
      this.timer = undefined;
      this.now(value);
    }, this.patience);
  }

  /** `value` at once, without waiting. */
  now(value: T): void {
    if (this.timer !== undefined) this.timers.clear(this.timer);
    this.timer = undefined;
    if (value === this.last) return;
    this.last = value;
    this.settled(value);
  }
}
