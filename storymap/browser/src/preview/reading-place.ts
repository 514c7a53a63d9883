/**
 * Keep the reader's place while a page is loaded anew: what stands at the reading line stays where it is in the window,
 * whatever came or went above it. The map finds the step's view by itself, and does not travel there.
 */

/** What is kept: a block of text is found by its step, then by its own text. */
export interface Place {
  step: string;
  /** The block's text, and how many blocks of the step with the same text stand before it. */
  text: string;
  nth: number;
  /** Pixels from the window's top to the block's, and to its step's. */
  blockTop: number;
  stepTop: number;
  scroll: number;
  /** Which `<details>` of the page stood open, by the text of their summaries. */
  open: string[];
}

const KEY = "storymap-preview-place";
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, pre, figure, table, blockquote, summary";

/** Notes the place in this tab for the page's next load. */
export function keepPlace(): void {
  history.scrollRestoration = "manual";
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ [location.pathname]: measurePlace() }));
  } catch {
    // A browser that keeps nothing still reloads.
  }
}

/** Returns to the place that was noted, once. */
export function returnToPlace(): void {
  const place = takePlace();
  if (!place) return;
  openDetails(place.open);
  const by = findShift(place);
  const top = by === undefined ? place.scroll : window.scrollY + by;
  window.scrollTo({ top, behavior: "instant" });
  // Chromium goes where the page stood before when it has loaded, if that is allowed by then.
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
    history.scrollRestoration = "auto";
  })), { once: true });
}

/** Does `work`, which changes the page, with the place kept. */
export function stayInPlace(work: () => void): void {
  const place = measurePlace();
  document.documentElement.style.overflowAnchor = "none"; // one keeper of the place is enough
  work();
  openDetails(place.open);
  const by = findShift(place);
  if (by) window.scrollBy({ top: by, behavior: "instant" });
}

function takePlace(): Place | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, Place>;
    const place = kept[location.pathname];
    // A page of mistakes has no place of its own, and keeps that of the page which it stands for.
    if (document.querySelector("main")) sessionStorage.removeItem(KEY);
    return place;
  } catch {
    return undefined;
  }
}

function measurePlace(): Place {
  const line = readingLine();
  const step = lastAbove([...document.querySelectorAll<HTMLElement>("[data-step]")], line);
  const blocks = blocksOf(step);
  const block = lastAbove(blocks, line);
  const text = block ? textOf(block) : "";
  return {
    step: step?.id ?? "",
    text,
    nth: block ? blocks.slice(0, blocks.indexOf(block)).filter((other) => textOf(other) === text).length : 0,
    blockTop: topOf(block),
    stepTop: topOf(step),
    scroll: window.scrollY,
    open: [...document.querySelectorAll("details[open] > summary")].map(textOf),
  };
}

/** How far the page has to scroll for the place to stand where it stood; undefined where it is gone. */
function findShift(place: Place): number | undefined {
  const step = place.step ? document.getElementById(place.step) : document.querySelector<HTMLElement>("[data-step='0']");
  const block = blocksOf(step).filter((other) => textOf(other) === place.text)[place.nth];
  if (block) return topOf(block) - place.blockTop;
  return step ? topOf(step) - place.stepTop : undefined;
}

function blocksOf(step: HTMLElement | null): HTMLElement[] {
  return [...(step ?? document).querySelectorAll<HTMLElement>(BLOCKS)].filter((block) => block.offsetParent !== null);
}

/** The last element whose upper edge is above the line, else the first; null where there is none. */
function lastAbove(elements: readonly HTMLElement[], line: number): HTMLElement | null {
  const above = elements.filter((element) => topOf(element) <= line);
  return above[above.length - 1] ?? elements[0] ?? null;
}

function topOf(element: Element | null): number {
  return element ? element.getBoundingClientRect().top : 0;
}

function textOf(element: Element): string {
  return (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 400);
}

/** A little above the middle of what the map leaves of the window. */
function readingLine(): number {
  const map = document.querySelector(".map-frame")?.getBoundingClientRect();
  const covered = map && map.height < window.innerHeight * 0.7 ? Math.max(0, map.bottom) : 0;
  return covered + (window.innerHeight - covered) * 0.45;
}

function openDetails(summaries: readonly string[]): void {
  for (const summary of document.querySelectorAll("details > summary")) {
    if (summaries.includes(textOf(summary))) (summary.parentElement as HTMLDetailsElement).open = true;
  }
}
