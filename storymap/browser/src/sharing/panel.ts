/** What the button to share does: the system's own sheet on a telephone, and else a panel that has copied the address. */
import { copyText } from "../page/clipboard";
import { addStyle } from "../page/adding-styles";
import { addressOf, currentStep } from "./address";
import style from "./panel.css";
import { writeSnippet } from "./snippet";
import { say, type Word } from "./words";

const MODES: readonly [string, Word][] = [["?embed", "embed_story"], ["?embed=step", "embed_step"], ["?embed=map", "embed_map"]];

export async function share(): Promise<void> {
  const step = currentStep();
  if (window.matchMedia("(pointer: coarse)").matches && (await send(step))) return;
  await open(step);
}

/** Hands the address to the system; whether it took it, or the reader thought better of it. */
async function send(step: string): Promise<boolean> {
  if (!navigator.share) return false;
  try {
    await navigator.share({ title: document.title, url: addressOf(step) });
    return true;
  } catch (error) {
    return (error as DOMException).name === "AbortError";
  }
}

async function open(step: string): Promise<void> {
  const panel = document.createElement("dialog");
  panel.className = "share-panel";
  const heading = document.createElement("h2");
  heading.textContent = say("share");
  heading.id = "storymap-share";
  panel.setAttribute("aria-labelledby", heading.id);
  const said = document.createElement("p");
  said.setAttribute("role", "status");

  const link = document.createElement("input");
  link.readOnly = true;
  link.value = addressOf(step);
  link.setAttribute("aria-label", say("link"));
  const copy = async (field: HTMLInputElement | HTMLTextAreaElement, word: Word) => {
    said.textContent = "";
    const copied = await copyText(field.value, panel);
    said.textContent = say(copied ? word : "not_copied");
    if (!copied) field.focus();
    if (!copied) field.select();
  };
  const row = document.createElement("p");
  row.className = "share-row";
  row.append(makeButton("copy_link", () => copy(link, "link_copied")));
  if (typeof navigator.share === "function") row.append(makeButton("send", () => send(step)));

  const embed = document.createElement("h3");
  embed.textContent = say("embed");
  const help = document.createElement("p");
  help.textContent = say("embed_help");
  const mode = document.createElement("select");
  mode.setAttribute("aria-label", say("embed"));
  for (const [query, word] of MODES) mode.add(new Option(say(word), query));
  const code = document.createElement("textarea");
  code.readOnly = true;
  code.rows = 5;
  code.dir = "ltr";
  code.spellcheck = false;
  code.setAttribute("aria-label", say("copy_code"));
  const write = () => { code.value = writeSnippet(addressOf(step, mode.value), document.title); };
  mode.addEventListener("change", write);
  write();
  const last = document.createElement("p");
  last.className = "share-row";
  last.append(makeButton("copy_code", () => copy(code, "code_copied")));

  const close = makeButton("close", () => panel.close());
  close.className = "share-close";
  close.setAttribute("aria-label", close.textContent ?? "");
  close.textContent = "×";
  panel.append(close, heading, said, link, row, embed, help, mode, code, last);
  for (const field of [link, code]) field.addEventListener("focus", () => field.select());
  // The dialog's own edge is its backdrop.
  panel.addEventListener("click", ({ target }) => { if (target === panel) panel.close(); });
  panel.addEventListener("close", () => panel.remove());
  addStyle(style);
  document.body.append(panel);
  panel.showModal();
  panel.querySelector<HTMLElement>(".share-row button")?.focus();
  await copy(link, "link_copied");
}

function makeButton(word: Word, act: () => unknown): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(word);
  button.addEventListener("click", () => void act());
  return button;
}
