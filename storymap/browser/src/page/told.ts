/**
 * The map in words, for who cannot see it: what stands in place of the still of a step, where no script draws the map; and
 * what is said when the reader comes to a step.
 */
import { say, type Words } from "./words";

let told: HTMLElement | undefined;

/** Puts the words beside the map and describes it by them; until a story turns to a step they are those of its whole. */
export function tellMap(container: HTMLElement): void {
  told = document.createElement("p");
  told.className = "visually-hidden";
  told.id = "storymap-words";
  container.after(told);
  container.setAttribute("aria-describedby", told.id);
  tellStep();
}

/** Tells what the map shows at the step whose text is `step`. */
export function tellStep(step?: HTMLElement): void {
  const still = step?.querySelector<HTMLImageElement>(".step-still img") ?? document.querySelector<HTMLImageElement>(".opening-still");
  if (told) told.textContent = still?.alt ?? "";
}

/** Returns what says aloud, once for each, that the reader has come to the step `number` of `count`. */
export function announceSteps(words: Words, count: number): (step: HTMLElement, number: number) => void {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  told?.after(status);
  return (step, number) => {
    const title = step.querySelector("h1, h2")?.textContent ?? "";
    const where = [...step.querySelectorAll<HTMLElement>(".dateline a")].map((link) => findInTable(link) ?? link.textContent);
    const said = [title, ...where].join(", ").replace(/\u00ad/g, "");
    status.textContent = number ? say(words, "step_arrived", { number, count, title: said }) : said;
  };
}

/** A place as the table of them names it: with its country. */
function findInTable(link: HTMLElement): string | null | undefined {
  const page = pageOf(link);
  return [...document.querySelectorAll<HTMLElement>("#storymap-places th a")].find((each) => pageOf(each) === page)?.textContent;
}

/** Which page a link leads to, or would: in a file by itself it may lead nowhere. */
const pageOf = (link: HTMLElement): string | null => link.dataset["to"] ?? link.getAttribute("href");
