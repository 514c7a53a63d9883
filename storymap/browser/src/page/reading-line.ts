/** Which step the reader is at: the last one that has come up to the reading line. */

import { findAnchor, findWay, type Anchor } from "./anchor";

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

/** How much of a step has passed the reading line, from 0 to 1. */
export function measureProgress(step: HTMLElement): number {
  const { top, height } = step.getBoundingClientRect();
  return Math.max(0, Math.min(1, (currentLine() - top) / (height || 1)));
}

/** The reader has stopped scrolling when nothing has moved for this long (milliseconds). */
const STOPPED = 100;

/**
 * Calls `listener` with the step at the reading line whenever it may have changed; returns how to stop. What the window
 * does to the text, when it is turned or resized or a picture comes late, does not move the reader to another step.
 */
export function watchReading(steps: readonly HTMLElement[], listener: (step: number) => void): () => void {
  let observer: IntersectionObserver | undefined;
  let anchor: Anchor | undefined;
  let scrolling = 0;
  let width = window.innerWidth;

  const find = () => findStep(steps.map((step) => step.getBoundingClientRect().top), currentLine());

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
    // At its very beginning a page stays there.
    anchor = section && window.scrollY > 1 ? findAnchor(step, section, currentLine()) : undefined;
  }

  function scrolled(): void {
    window.clearTimeout(scrolling);
    scrolling = window.setTimeout(() => {
      scrolling = 0;
      note();
    }, STOPPED);
  }

  function stay(): void {
    if (anchor && !anchor.block.isConnected) return note(); // the preview has put other text in its place
    const way = anchor ? findWay(anchor, currentLine()) : 0;
    if (way) window.scrollBy({ top: way, behavior: "instant" });
  }

  function resized(): void {
    // A phone's bars come and go with a change of the height alone, under which the text does not move.
    if (window.innerWidth !== width || (anchor && find() !== anchor.step)) stay();
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
  return () => {
    observer?.disconnect();
    growth.disconnect();
    window.clearTimeout(scrolling);
    window.removeEventListener("scroll", scrolled);
    window.removeEventListener("resize", resized);
  };
}

/** The reading line of this window, in pixels from its upper edge. */
export function currentLine(): number {
  const frame = document.querySelector(".map-frame")?.getBoundingClientRect();
  // Beside the text the map covers none of the window's height; above it, on a phone, it does.
  const covered = frame && frame.height < window.innerHeight * 0.7 ? frame.height : 0;
  return placeLine(window.innerHeight, covered);
}
