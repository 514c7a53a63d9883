/** The list of the keys, and the choices that go with them. */
import { forget, keep, recall } from "../page/kept";
import { NO_LETTERS } from "../page/keys";
import { hasWords, toggleWords } from "./told";
import { say, type Word } from "./words";

/** Each line: keys that do the same, and what they do. */
const LINES: readonly [readonly string[], Word][] = [
  [["J"], "next_step"],
  [["K"], "previous_step"],
  [["Page Down"], "page_on"],
  [["Page Up"], "page_back"],
  [["Home"], "first_step"],
  [["End"], "last_step"],
  [["0"], "overview"],
  [["M"], "explore"],
  [["Esc"], "back"],
  [["L"], "list"],
  [["W"], "map_in_words"],
  [["C"], "copy_link"],
  [["/"], "search"],
  [["?"], "help"],
];

export function explain(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-dialog";
  const heading = document.createElement("h2");
  heading.id = "storymap-keys";
  heading.textContent = say("keys");
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "keys-close";
  close.setAttribute("aria-label", say("close"));
  close.textContent = "×";
  close.addEventListener("click", () => dialog.close());

  const table = document.createElement("table");
  for (const [keys, word] of LINES) {
    if (word === "search" && !document.querySelector("[data-search]")) continue;
    const row = table.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    keys.forEach((key, number) => {
      const sign = document.createElement("kbd");
      sign.textContent = key;
      head.append(...(number ? [` ${say("or")} `] : []), sign);
    });
    row.append(head);
    row.insertCell().textContent = say(word);
  }

  dialog.append(
    close, heading, table,
    makeBox("map_in_words", hasWords(), toggleWords),
    makeBox("letter_keys", !recall(NO_LETTERS), (on) => (on ? forget(NO_LETTERS) : keep(NO_LETTERS, "yes"))),
  );
  // The dialog's own edge is its backdrop.
  dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function makeBox(word: Word, checked: boolean, choose: (on: boolean) => void): HTMLElement {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", () => choose(box.checked));
  label.append(box, say(word));
  return label;
}
