import assert from "node:assert/strict";
import { test } from "node:test";
import { findStep, lowerLine, placeLine } from "../src/page/reading-line";
import { Settling, type Timers } from "../src/page/settle";

test("the current step is the last one that has reached the reading line", () => {
  const tops = [-900, -200, 380, 1200];
  assert.equal(findStep(tops, 400), 2);
  assert.equal(findStep(tops, 379), 1);
  assert.equal(findStep([10, 600, 1200], 400), 0);
  assert.equal(findStep([-5000, -4000, -3000], 400), 2, "beyond the last step it stays current");
});

test("before the first step has come up the opening holds", () => {
  assert.equal(findStep([700, 1500], 400), 0);
  assert.equal(findStep([], 400), 0);
});

test("on a phone the reading line lies in the part of the window below the map", () => {
  assert.equal(placeLine(900, 0), 405);
  assert.ok(placeLine(844, 354) > 354);
});

/** Timers that go off when the test says so. */
class HandTimers implements Timers {
  private readonly waiting = new Map<number, () => void>();
  private last = 0;
  set(work: () => void): number {
    this.waiting.set(++this.last, work);
    return this.last;
  }
  clear(timer: number): void {
    this.waiting.delete(timer);
  }
  goOff(): void {
    const due = [...this.waiting.values()];
    this.waiting.clear();
    for (const work of due) work();
  }
}

test("of many steps passed quickly only the last one moves the map", () => {
  const timers = new HandTimers();
  const settled: number[] = [];
  const settling = new Settling<number>(100, (step) => settled.push(step), timers);
  settling.now(0);
  for (const step of [1, 2, 3]) settling.change(step);
  timers.goOff();
  assert.deepEqual(settled, [0, 3]);
});

test("a step left and returned to before the map set out does not move it", () => {
  const timers = new HandTimers();
  const settled: number[] = [];
  const settling = new Settling<number>(100, (step) => settled.push(step), timers);
  settling.now(2);
  settling.change(3);
  settling.change(2);
  timers.goOff();
  assert.deepEqual(settled, [2]);
});

test("at the end of a page the line goes down to the steps that cannot come up to it", () => {
  assert.equal(lowerLine(400, 900, 2000, 5000), 400);
  assert.equal(lowerLine(400, 900, 250, 5000), 650);
  assert.equal(lowerLine(400, 900, 0, 5000), 900);
  // A page that hardly scrolls does not begin with its end.
  assert.equal(lowerLine(400, 900, 100, 100), 400);
  assert.equal(lowerLine(400, 900, 0, 0), 400);
});
