/** The reader's place in the text: found again when the window, or what stands above the place, has changed its size. */

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, pre, figure, table, blockquote";

/** Where a line lies in the text: in a step, in the last block of it that begins above, at a share of that one's height. */
export interface Anchor {
  step: number;
  block: Element;
  share: number;
}

/** The place in step number `step`, whose element is `section`, at `line` (pixels from the window's top). */
export function findAnchor(step: number, section: Element, line: number): Anchor {
  const above = [...section.querySelectorAll(BLOCKS)].filter((block) => {
    const { top, height } = block.getBoundingClientRect();
    return height > 0 && top <= line;
  });
  const block = above[above.length - 1] ?? section;
  const { top, height } = block.getBoundingClientRect();
  return { step, block, share: Math.max(0, Math.min(1, (line - top) / Math.max(height, 1))) };
}

/** Pixels by which the page has to scroll for the place to be at `line`. */
export function findWay({ block, share }: Anchor, line: number): number {
  const { top, height } = block.getBoundingClientRect();
  return Math.round(top + share * height - line);
}
