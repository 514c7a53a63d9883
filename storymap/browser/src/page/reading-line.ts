/** Which step the reader is at: the last one that has come up to the reading line. */

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

/** Calls `listener` with the step at the reading line whenever it may have changed; returns how to stop. */
export function watchReading(steps: readonly HTMLElement[], listener: (step: number) => void): () => void {
  let observer: IntersectionObserver | undefined;

  function look(): void {
    listener(findStep(steps.map((step) => step.getBoundingClientRect().top), currentLine()));
  }

  function watch(): void {
    observer?.disconnect();
    const line = Math.round(currentLine());
    const height = window.innerHeight;
    observer = new IntersectionObserver(look, { rootMargin: `${-line}px 0px ${-(height - line - 1)}px 0px` });
    for (const step of steps) observer.observe(step);
  }

  watch();
  window.addEventListener("resize", watch);
  return () => {
    observer?.disconnect();
    window.removeEventListener("resize", watch);
  };
}

function currentLine(): number {
  const frame = document.querySelector(".map-frame")?.getBoundingClientRect();
  // Beside the text the map covers none of the window's height; above it, on a phone, it does.
  const covered = frame && frame.height < window.innerHeight * 0.7 ? frame.height : 0;
  return placeLine(window.innerHeight, covered);
}
