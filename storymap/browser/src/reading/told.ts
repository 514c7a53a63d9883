/** The map in words for everybody who asks for it: at each step what is said in place of its still. */
import { forget, keep, recall } from "../page/kept";
import { addStyle } from "../page/adding-styles";
import style from "./reading.css";

const CHOICE = "storymap-words";

/** Shows the words where the reader once chose so, on this device. */
export function followChoice(): void {
  addStyle(style);
  if (recall(CHOICE)) show(true);
}

export const hasWords = (): boolean => document.querySelector(".step-words") !== null;

export function toggleWords(): void {
  const shown = !hasWords();
  if (shown) keep(CHOICE, "yes");
  else forget(CHOICE);
  show(shown);
}

function show(shown: boolean): void {
  for (const words of document.querySelectorAll(".step-words")) words.remove();
  for (const still of shown ? document.querySelectorAll<HTMLImageElement>(".step-still img") : []) {
    const words = document.createElement("p");
    words.className = "step-words";
    words.textContent = still.alt;
    still.closest("figure")?.before(words);
  }
  for (const button of document.querySelectorAll('[data-key="w"]')) button.setAttribute("aria-pressed", String(shown));
}
