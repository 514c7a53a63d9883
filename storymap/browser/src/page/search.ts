/** The door to the search, a button of the page and the key "/": what searches is loaded when it is first asked for. */

import { isFree } from "./keys";

/** Where somebody writes, "/" is a sign as any other. */
const WRITING = "input, textarea, select, [contenteditable]";

export function offerSearch(): void {
  const find = () => document.querySelector<HTMLElement>("[data-search]");
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest<HTMLElement>("[data-search]");
    if (button) open(button);
  });
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const button = key === "/" && isFree(event) && find();
    if (!button || (target instanceof Element && target.closest(WRITING))) return;
    event.preventDefault();
    open(button);
  });
}

function open({ dataset }: HTMLElement): void {
  if (window.storymapSearch) return window.storymapSearch.open();
  const script = document.createElement("script");
  script.src = dataset["search"] ?? "";
  script.onload = () => window.storymapSearch?.open();
  document.head.append(script);
}
