/** The atlas: a story and its card light each other up, and the map frames the one that the reader looks at. */
import type { AtlasPayload } from "../contract";
import type { Scene } from "../map/scene";
import { listVisits } from "../map/scenes";
import type { CameraMan } from "../views/camera";
import { currentLine } from "./reading-line";
import { Settling } from "./settle";

/** A card that the pointer only passes does not move the map (milliseconds). */
const PATIENCE = 160;

export function bindAtlas(page: AtlasPayload, scene: Scene, camera: CameraMan): void {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-story]")];
  const cardOf = (story: number) => cards.find((card) => Number(card.dataset["story"]) === story);

  const visits = listVisits(page);

  function light(lit: readonly number[]): void {
    for (const card of cards) card.classList.toggle("is-lit", lit.includes(Number(card.dataset["story"])));
  }

  const settling = new Settling<number>(PATIENCE, (number) => {
    scene.turnTo({ scene: number });
    camera.show((page.stories[number - 1] ?? page).view, { animate: true });
  });
  settling.now(0);

  for (const card of cards) {
    const story = Number(card.dataset["story"]);
    const look = () => {
      light([story]);
      settling.change(story + 1);
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

  if (matchMedia("(hover: none)").matches) {
    watchCards(cards, (card) => {
      const story = Number(card?.dataset["story"] ?? -1);
      light([story]);
      settling.change(story + 1);
    });
  }

  for (const link of document.querySelectorAll<HTMLElement>("[data-place]")) {
    const index = Number(link.dataset["place"]);
    for (const type of ["mouseenter", "focus"]) link.addEventListener(type, () => pointAt(index));
    for (const type of ["mouseleave", "blur"]) link.addEventListener(type, () => pointAt(null));
  }
  function pointAt(place: number | null): void {
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
    if (number) cardOf(number - 1)?.scrollIntoView({ block: "nearest" });
    scene.turnTo({ scene: number ?? 0 });
  });
  scene.on("choosescene", (number) => follow(page.stories[number - 1]?.url));
}

/** Without a pointer, the card at the reading line is looked at; above the first there is none. */
function watchCards(cards: readonly HTMLElement[], look: (card: HTMLElement | undefined) => void): void {
  let waiting = 0;
  window.addEventListener("scroll", () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      const line = currentLine();
      look(cards.find((card) => {
        const { top, bottom } = card.getBoundingClientRect();
        return top <= line && bottom > line;
      }));
    });
  }, { passive: true });
}

/** Leads to `url`, an address of this site; markers of a place without a page lead nowhere. */
export function follow(url: string | undefined): void {
  if (url) location.assign(url);
}
