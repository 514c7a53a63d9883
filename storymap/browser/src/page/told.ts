/** The map in words, for who cannot see it: what stands in place of the still of a step, where no script draws the map. */

let told: HTMLElement | undefined;

/** Puts the words beside the map and describes it by them; until a story turns to a step they are those of its whole. */
export function tellMap(container: HTMLElement): void {
  told = document.createElement("p");
  told.className = "map-words visually-hidden";
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
