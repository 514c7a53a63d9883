/** A list that opens over the page: it closes by its button, by Escape, beside it, and when something of it is chosen. */
import { say, type Words } from "./words";

export function makeSheet(name: string, label: string, words: Words): HTMLDialogElement {
  const sheet = document.createElement("dialog");
  sheet.className = `map-sheet ${name}`;
  sheet.setAttribute("aria-label", label);
  const close = makeButton("sheet-close");
  close.setAttribute("aria-label", say(words, "close"));
  sheet.append(close);
  document.body.append(sheet);
  // The dialog's own edge is its backdrop.
  sheet.addEventListener("click", ({ target }) => {
    if (target === sheet || (target as Element).closest("a, button")) sheet.close();
  });
  return sheet;
}

export function makeButton(className: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  return button;
}
