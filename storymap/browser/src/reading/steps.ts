/** From step to step, and through the text of one. */

/** How much of the text that is seen a page is: a line or two stay. */
const PAGE = 0.88;

/** While the page is on its way to a step (milliseconds), the next key counts from there. */
const ON_THE_WAY = 700;

let aim = 0;
let aimedAt = -ON_THE_WAY;

const listSteps = () => [...document.querySelectorAll<HTMLElement>("[data-step]")];

export const countSteps = (): number => listSteps().length - 1;

/** The step at which the reader is, or to which they have just asked to go; 0 is the opening. */
export function currentNumber(): number {
  if (performance.now() - aimedAt < ON_THE_WAY) return aim;
  return Math.max(0, listSteps().findIndex((step) => step.classList.contains("is-current")));
}

/** Goes to step `number`, if there is one. It makes no entry in the history: Back leads out of the story. */
export function goTo(number: number): void {
  const step = listSteps()[number];
  if (!step) return;
  aim = number;
  aimedAt = performance.now();
  location.replace(`#${encodeURIComponent(number ? step.id : "storymap-text")}`);
}

/**
 * On by a page, or back: within a step whose text goes on beyond the window as the browser would, else to the next step.
 * So the keys of a presenter go from step to step, and no text is passed over.
 */
export function turnPage(by: 1 | -1): void {
  const number = currentNumber();
  const step = listSteps()[number];
  if (!step) return;
  const { top, bottom } = step.getBoundingClientRect();
  const head = parseFloat(getComputedStyle(step).scrollMarginTop) || 0;
  const seen = window.innerHeight - head;
  const moves = performance.now() - aimedAt < ON_THE_WAY;
  if (by > 0) {
    // At the end of the last step the page goes on, with what stands behind the story.
    if (!moves && (bottom > window.innerHeight + 2 || number === countSteps())) window.scrollBy({ top: seen * PAGE });
    else goTo(number + 1);
  } else if (!moves && top < head - 8) {
    if (top < head - seen) window.scrollBy({ top: -seen * PAGE });
    else goTo(number);
  } else goTo(number - 1);
}
