/** Which step the reader is at: that to which an address has led, else the last one that has come up to the reading line. */

import { findAnchor, findWay, type Anchor } from "./anchor";
import { Lead } from "./lead";

/** `tops` are the steps' upper edges in reading order, in the same pixels as `line`; the first step holds from the start. */
export function findStep(tops: readonly number[], line: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] as number) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the reading line lies in a window of `height` whose upper part, down to `covered`, is the map. */
export function placeLine(height: number, covered: number): number {
  return covered + (height - covered) * 0.45;
}

/**
 * Where it lies near the end of a page, which may leave the last steps below it: it goes down to the window's end, as
 * fast as `line` and a window of `height` have room. `left` is what there is still to scroll, of `all`.
 */
export function lowerLine(line: number, height: number, left: number, all: number): number {
  const way = Math.min(height - line, all);
  return left < way ? line + (height - line) * (1 - Math.max(left, 0) / way) : line;
}

/** How much of a step has passed the reading line, from 0 to 1. */
export function measureProgress(step: HTMLElement): number {
  const { top, height } = step.getBoundingClientRect();
  return Math.max(0, Math.min(1, (loweredLine() - top) / (height || 1)));
}

/** The reader has stopped scrolling when nothing has moved for this long (milliseconds). */
const STOPPED = 100;

/**
 * Calls `listener` with the step at the reading line whenever it may have changed. What the window does to the text,
 * when it is turned or resized or a picture comes late, does not move the reader to another step.
 */
export function watchReading(steps: readonly HTMLElement[], listener: (step: number) => void): void {
  let observer: IntersectionObserver | undefined;
  let anchor: Anchor | undefined;
  let scrolling = 0;
  let width = window.innerWidth;

  const findAtLine = () => findStep(steps.map((step) => step.getBoundingClientRect().top), loweredLine());
  const lead = new Lead(steps, look, findAtLine);
  const find = () => lead.held ?? findAtLine();

  function look(): void {
    const step = find();
    if (step !== anchor?.step) note();
    listener(step);
  }

  function watch(): void {
    observer?.disconnect();
    const line = Math.round(currentLine());
    const height = window.innerHeight;
    observer = new IntersectionObserver(look, { rootMargin: `${-line}px 0px ${-(height - line - 1)}px 0px` });
    for (const step of steps) observer.observe(step);
  }

  function note(): void {
    const step = find();
    const section = steps[step];
    // At its very beginning a page stays there, as it does at its end.
    anchor = section && window.scrollY > 1 && section.getBoundingClientRect().top <= currentLine() ? findAnchor(step, section, currentLine()) : undefined;
  }

  function scrolled(): void {
    if (loweredLine() > currentLine()) look();
    window.clearTimeout(scrolling);
    scrolling = window.setTimeout(() => {
      scrolling = 0;
      note();
    }, STOPPED);
  }

  function stay(): void {
    if (lead.held !== undefined) return lead.stay();
    if (anchor && !anchor.block.isConnected) return note(); // the preview has put other text in its place
    const way = anchor ? findWay(anchor, currentLine()) : 0;
    if (way) window.scrollBy({ top: way, behavior: "instant" });
  }

  function resized(): void {
    // A phone's bars come and go with a change of the height alone, under which the text does not move, while the reader
    // scrolls: what the page has scrolled since the last frame is told after this.
    const isTurned = window.innerWidth !== width;
    if (isTurned || lead.held !== undefined || (!scrolling && anchor && find() !== anchor.step)) stay();
    width = window.innerWidth;
    watch();
  }

  const growth = new ResizeObserver(() => {
    if (!scrolling) stay();
  });
  watch();
  note();
  for (const step of steps) growth.observe(step);
  window.addEventListener("scroll", scrolled, { passive: true });
  window.addEventListener("resize", resized);
}

function loweredLine(): number {
  const height = window.innerHeight;
  const all = document.documentElement.scrollHeight - height;
  return lowerLine(currentLine(), height, all - window.scrollY, all);
}

/** The reading line of this window, in pixels from its upper edge. */
export function currentLine(): number {
  const frame = document.querySelector(".map-frame")?.getBoundingClientRect();
  // Beside the text the map covers none of the window's height; above it, on a phone, it does.
  const covered = frame && frame.height < window.innerHeight * 0.7 ? frame.height : 0;
  return placeLine(window.innerHeight, covered);
}
