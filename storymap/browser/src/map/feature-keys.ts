/** Features for the keyboard: one stop for Tab, from which the arrow keys lead from each to the next. */

/** A feature that can be chosen, and what it is called. */
export interface Choice {
  element: Element;
  name: string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class FeatureKeys {
  private choices: readonly Choice[] = [];
  private current: Element | undefined;

  constructor(container: Element, { choose }: { choose: (element: Element) => void }) {
    container.addEventListener("keydown", (event) => {
      const { key, target } = event as KeyboardEvent;
      const at = this.choices.findIndex(({ element }) => element === target);
      if (at < 0 || !(target instanceof Element)) return;
      const { length } = this.choices;
      const ends: Record<string, number> = { Home: 0, End: length - 1 };
      const next = key in STEPS ? (at + (STEPS[key] ?? 0) + length) % length : ends[key];
      if (next !== undefined) this.move(this.choices[next]?.element);
      else if (key === "Enter" || key === " ") choose(target);
      else return;
      event.preventDefault();
      event.stopPropagation(); // the arrow keys would move the map
    });
  }

  /** From now on these are there, in the order of their names. */
  offer(choices: readonly Choice[]): void {
    for (const { element } of this.choices) for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
    const lang = document.documentElement.lang || undefined; // maps that are not ours name none
    this.choices = [...choices].sort((a, b) => a.name.localeCompare(b.name, lang));
    const kept = this.choices.some(({ element }) => element === this.current);
    if (!kept) this.current = this.choices[0]?.element;
    for (const { element, name } of this.choices) {
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", name);
      element.setAttribute("tabindex", element === this.current ? "0" : "-1");
    }
  }

  private move(element: Element | undefined): void {
    if (!(element instanceof SVGElement)) return;
    this.current?.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    this.current = element;
    element.focus({ preventScroll: true });
  }
}
