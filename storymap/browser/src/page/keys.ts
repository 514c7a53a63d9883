/** Which keys are the page's own to take. */
import { recall } from "./kept";

/** Kept where a reader wants letters and signs to be no keys, such as one who speaks to the computer. */
export const NO_LETTERS = "storymap-no-letters";

/** Whether a key belongs to nobody else: to no shortcut, to no dialog, to nobody who is writing a word of several keys. */
export function isFree(event: KeyboardEvent): boolean {
  return !(event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey
    || document.querySelector("dialog[open]") || (event.key.length === 1 && recall(NO_LETTERS)));
}

/** The Latin letter of a key, whatever its script writes. */
export function nameKey({ key, code }: KeyboardEvent): string {
  return key.length === 1 && key > "~" && code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}
