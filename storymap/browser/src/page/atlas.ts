/** The atlas: a story and its card light each other up, and the map frames the one that the reader looks at. */
import type { Payload } from "../contract";
import type { Scene } from "../map/scene";
import type { CameraMan } from "../views/camera";
import { Settling } from "./settle";

/** A card that the pointer only passes does not move the map (milliseconds). */
const PATIENCE = 160;

export function bindAtlas(payload: Payload, scene: Scene, camera: CameraMan): void {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-story]")];
  const cardOf = (story: number) => cards.find((card) => Number(card.dataset["story"]) === story);

  function light(lit: readonly number[]): void {
    for (const card of cards) card.classList.toggle("is-lit", lit.includes(Number(card.dataset["story"])));
  }

  const settling = new Settling<number>(PATIENCE, (story) => {
    const card = payload.stories[story];
    scene.turnTo({ story: card ? story : null });
    camera.show(card?.view ?? payload.view, { animate: true });
  });
  settling.now(-1);

  for (const card of cards) {
    const story = Number(card.dataset["story"]);
    const look = () => {
      light([story]);
      settling.change(story);
    };
    const leave = () => {
      light([]);
      settling.change(-1);
    };
    card.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") look(); });
    card.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    card.addEventListener("focusin", look);
    card.addEventListener("focusout", leave);
  }

  for (const link of document.querySelectorAll<HTMLElement>("[data-place]")) {
    const index = Number(link.dataset["place"]);
    for (const type of ["mouseenter", "focus"]) link.addEventListener(type, () => pointAt(index));
    for (const type of ["mouseleave", "blur"]) link.addEventListener(type, () => pointAt(-1));
  }
  function pointAt(place: number): void {
    scene.markers?.point(place);
    light(payload.places[place]?.stories ?? []);
  }

  scene.markers?.on("point", (event) => {
    const place = payload.places[(event as unknown as { place: number }).place];
    light(place?.stories ?? []);
  });
  scene.markers?.on("choose", (event) => follow(payload.places[(event as unknown as { place: number }).place]?.url));
  scene.routes?.on("point", (event) => {
    const { story } = event as unknown as { story: number };
    light(story >= 0 ? [story] : []);
    cardOf(story)?.scrollIntoView({ block: "nearest" });
    scene.turnTo({ story: story >= 0 ? story : null });
  });
  scene.routes?.on("choose", (event) => follow(payload.stories[(event as unknown as { story: number }).story]?.url));
}

/** Leads to `url`, an address of this site; markers of a place without a page lead nowhere. */
export function follow(url: string | undefined): void {
  if (url) location.assign(url);
}
