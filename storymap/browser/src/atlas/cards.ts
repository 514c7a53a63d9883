/** The stories of a page: a story and its card light each other up, and the map frames the one that the reader looks at. */
import type * as L from "leaflet";
import type { AtlasPayload } from "../contract";
import type { Scene } from "../map/scene";
import { listVisits } from "../map/scenes";
import { currentLine } from "../page/reading-line";
import { Settling } from "../page/settle";
import type { CameraMan } from "../views/camera";

/** A card that the pointer only passes does not move the map (milliseconds). */
const PATIENCE = 160;

/** What the runtime lends to the pages that list stories, which have this script besides. */
export interface Lent {
  map: L.Map;
  page: AtlasPayload;
  scene: Scene;
  camera: CameraMan;
  /** Has the map show other stories from now on. */
  replace(page: AtlasPayload): void;
}

export interface Cards {
  /** Lets the page show other stories: `cards` in their order, each with the number of its story in `data-story`. */
  show(page: AtlasPayload, cards: readonly HTMLElement[]): void;
}

export function bindCards({ page: first, scene, camera, replace }: Lent): Cards {
  let page = first;
  let cards: readonly HTMLElement[] = [...document.querySelectorAll<HTMLElement>("[data-story]")];
  let visits = listVisits(page);
  const bound = new WeakSet<HTMLElement>();

  function light(lit: readonly number[]): void {
    for (const card of cards) card.classList.toggle("is-lit", lit.includes(storyOf(card)));
  }

  const settling = new Settling<number>(PATIENCE, (number) => {
    scene.turnTo({ scene: number });
    camera.show((page.stories[number - 1] ?? page).view, { animate: true });
  });
  settling.now(0);

  function bind(card: HTMLElement): void {
    if (bound.has(card)) return;
    bound.add(card);
    const look = () => {
      light([storyOf(card)]);
      settling.change(storyOf(card) + 1);
    };
    const leave = () => {
      light([]);
      settling.change(0);
    };
    card.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") look(); });
    card.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    card.addEventListener("focusin", look);
    card.addEventListener("focusout", leave);
  }
  cards.forEach(bind);

  if (matchMedia("(hover: none)").matches) {
    watchCards(() => cards, (card) => {
      light(card ? [storyOf(card)] : []);
      settling.change(card ? storyOf(card) + 1 : 0);
    });
  }

  for (const link of document.querySelectorAll<HTMLElement>("[data-place]")) {
    const index = Number(link.dataset["place"]);
    for (const type of ["mouseenter", "focus"]) link.addEventListener(type, () => pointAt(index));
    for (const type of ["mouseleave", "blur"]) link.addEventListener(type, () => pointAt(null));
  }
  function pointAt(place: number | null): void {
    if (page !== first) return; // the list of places counts those that the page began with
    scene.tell("nameplace", place);
    lightAt(place);
  }
  function lightAt(place: number | null): void {
    light((visits[place ?? -1] ?? []).map((number) => number - 1));
  }

  scene.on("pointplace", lightAt);
  scene.on("chooseplace", (place) => follow(page.places[place]?.url));
  scene.on("pointscene", (number) => {
    light(number ? [number - 1] : []);
    if (number) cards.find((card) => storyOf(card) === number - 1)?.scrollIntoView({ block: "nearest" });
    scene.turnTo({ scene: number ?? 0 });
  });
  scene.on("choosescene", (number) => follow(page.stories[number - 1]?.url));

  return {
    show(next, shown) {
      settling.now(0);
      page = next;
      cards = shown;
      visits = listVisits(next);
      cards.forEach(bind);
      light([]);
      replace(next);
      camera.show(next.view, { animate: true });
    },
  };
}

function storyOf(card: HTMLElement): number {
  return Number(card.dataset["story"]);
}

/** Without a pointer, the card at the reading line is looked at; at the very beginning there is none. */
function watchCards(list: () => readonly HTMLElement[], look: (card: HTMLElement | undefined) => void): void {
  let waiting = 0;
  window.addEventListener("scroll", () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      const line = currentLine();
      const card = list().find((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top <= line && bottom > line;
      });
      look(window.scrollY > 1 ? card : undefined);
    });
  }, { passive: true });
}

/** Leads to `url`, an address of this site; markers of a place without a page lead nowhere. */
function follow(url: string | undefined): void {
  if (url) location.assign(url);
}
