/**
 * The page in a frame of another page. It is read a step at a time, by buttons, so that nothing in it has to scroll: the
 * wheel and a finger scroll the page around. A text that is longer than its room scrolls once the reader has chosen it,
 * by a click, a tap or the keyboard. The page around is told how tall the frame should be.
 *
 *     ?embed        a step at a time
 *     ?embed=step   the step that the address names, alone
 *     ?embed=map    its map alone
 */
import { decodeFragment } from "../page/address";
import { isFree, nameKey } from "../page/keys";
import style from "./frame.css";
import { addressOf, currentStep } from "./address";
import { addStyle } from "../page/adding-styles";
import { say } from "./words";

/** What the story gives: its steps, the opening first, and how to turn to one. */
export interface Story {
  steps: readonly HTMLElement[];
  turn(number: number): void;
}

export type Embed = (story: Story) => void;

/** No frame is asked to be taller (CSS pixels): a longer text scrolls. */
const TALLEST = 1000;

/** Lays the page out for a frame, where it is asked for; what the story does then. */
export function embed(): Embed | undefined {
  const root = document.documentElement;
  if (!root.classList.contains("embed") || !document.querySelector(".story")) return undefined;
  const mode = new URLSearchParams(location.search).get("embed") ?? "";
  addStyle(style);
  root.classList.add("is-embedded", `embed-${mode === "map" || mode === "step" ? mode : "story"}`);
  document.addEventListener("click", leadOutside, { capture: true });
  return (story) => bind(story, mode);
}

function bind({ steps, turn }: Story, mode: string): void {
  const story = document.querySelector<HTMLElement>(".story");
  const column = document.querySelector<HTMLElement>(".column");
  const map = document.querySelector<HTMLElement>(".map-frame");
  if (!story || !column || !map) return;
  const last = steps.length - 1;
  const bar = document.createElement("nav");
  bar.className = "embed-bar";
  bar.setAttribute("aria-label", document.title);
  const title = document.createElement("h1"); // that of the opening is seen there alone
  title.className = "visually-hidden";
  title.textContent = story.querySelector("h1")?.textContent ?? "";
  bar.append(title);
  const back = makeButton("previous", "‹", () => go(-1));
  const on = makeButton("next", "›", () => go(1));
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const whole = document.createElement("a");
  whole.className = "embed-whole";
  whole.textContent = say("open_story");
  if (mode === "" && last > 0) bar.append(back, count, on);
  bar.append(whole);
  (mode === "map" ? map : column).prepend(bar);

  const more = document.createElement("button");
  more.type = "button";
  more.className = "embed-more";
  more.textContent = say("read_on");
  more.addEventListener("click", () => {
    choose(true);
    story.scrollBy({ top: story.clientHeight * 0.8, behavior: "smooth" });
    story.focus({ preventScroll: true });
  });
  column.append(more);
  story.tabIndex = -1;

  let told = 0;
  let width = window.innerWidth;

  function go(by: number): void {
    const number = current() + by;
    if (number < 0 || number > last) return;
    turn(number);
    arrive();
    story?.focus({ preventScroll: true });
  }

  // What shows one step after the other has the keys of slides.
  if (mode === "") {
    const [before, after] = document.documentElement.dir === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    document.addEventListener("keydown", (event) => {
      const by = new Map([[before, -1], ["PageUp", -1], ["k", -1], [after, 1], ["PageDown", 1], ["j", 1]]).get(nameKey(event));
      const { target } = event;
      // On the map the arrows move it.
      if (!by || !isFree(event) || event.shiftKey || (target instanceof Element && target.closest("input, .leaflet-container"))) return;
      event.preventDefault();
      go(by);
    });
  }

  function current(): number {
    return steps.findIndex((step) => step.classList.contains("is-current"));
  }

  function arrive(): void {
    const number = current();
    choose(false);
    if (story) story.scrollTop = 0;
    title.hidden = number === 0 && mode !== "map";
    back.disabled = number <= 0;
    on.disabled = number >= last;
    count.textContent = number > 0 ? say("step_of", { number, count: last }) : "";
    whole.href = addressOf(currentStep());
    look();
  }

  /** Whether the text may scroll: until the reader chooses so, the page around does. */
  function choose(chosen: boolean): void {
    column?.classList.toggle("is-chosen", chosen);
  }

  function look(): void {
    if (!story || !column || !map) return;
    column.classList.toggle("is-longer", story.scrollHeight > story.clientHeight + 2);
    column.classList.toggle("is-at-end", story.scrollTop + story.clientHeight >= story.scrollHeight - 2);
    tell();
  }

  /** Tells the page around how tall the frame should be: for the longest step so far, so that it does not jump about. */
  function tell(): void {
    const step = steps[current()];
    if (window.parent === window || !step || !column || !map) return;
    if (window.innerWidth !== width) told = 0;
    width = window.innerWidth;
    const beside = getComputedStyle(column).getPropertyValue("--beside").trim() === "1";
    const text = mode === "map" ? 0 : step.offsetHeight + bar.offsetHeight + 2;
    const room = Math.round(Math.min(Math.max(width * 0.5625, 200), 420));
    const wanted = Math.ceil(beside || mode === "map" ? Math.max(text, room) : room + text);
    told = Math.min(Math.max(told, wanted), TALLEST);
    window.parent.postMessage({ storymap: told }, "*");
  }

  column.addEventListener("pointerup", (event) => {
    if (event.target instanceof Element && story.contains(event.target)) choose(true);
  });
  story.addEventListener("keydown", (event) => {
    if (/^(Arrow(Up|Down)|Page|Home|End| )/.test(event.key)) choose(true);
    if (event.key === "Escape") choose(false);
  });
  document.documentElement.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") choose(false); });
  window.addEventListener("blur", () => choose(false));
  story.addEventListener("scroll", look, { passive: true });
  window.addEventListener("resize", look);
  window.addEventListener("hashchange", () => {
    const id = decodeFragment(location.hash);
    const number = steps.findIndex((step) => step.id === id || (id && step.querySelector(`#${CSS.escape(id)}`)));
    if (number < 0 || number === current() || mode !== "") return;
    turn(number);
    arrive();
  });
  const growth = new ResizeObserver(look);
  for (const step of steps) growth.observe(step);
  document.documentElement.classList.add("is-bound");
  arrive();
}

/** A link leads out of the frame, into a window of its own; one to a part that the frame does not show, to the page itself. */
function leadOutside({ target }: Event): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link) return;
  const written = link.getAttribute("href") ?? "";
  if (written.startsWith("#")) {
    const part = document.getElementById(decodeFragment(written));
    if (!part || part.closest("[data-step]") || part.querySelector("[data-step]")) return;
    link.href = addressOf(decodeFragment(written));
  }
  link.target = "_blank";
  link.relList.add("noopener");
}

function makeButton(word: "previous" | "next", sign: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `embed-${word}`;
  button.title = say(word);
  button.setAttribute("aria-label", button.title);
  button.textContent = sign;
  button.addEventListener("click", act);
  return button;
}
