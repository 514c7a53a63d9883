/** A button on the map of a story that shares the step at which the reader is. */
import * as L from "leaflet";
import { hasMore, loadSharing } from "./more";
import { say, type Words } from "./words";

const ICON =
  '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M12 15V4M8 7l4-4 4 4M5 12v8h14v-8"/></svg>';

/** Pixels of height of a map beside whose middle three buttons leave no room for a name. */
const LOW = 260;

export function offerSharing(map: L.Map, words: Words): void {
  if (!hasMore) return;
  const button = document.createElement("button");
  button.className = "map-button share-button";
  button.title = say(words, "share");
  button.setAttribute("aria-label", button.title);
  button.innerHTML = ICON;
  button.addEventListener("click", () => void loadSharing().then((sharing) => sharing?.share()));
  L.DomEvent.disableClickPropagation(button);
  const side = document.documentElement.dir === "rtl" ? "left" : "right";
  const control = new L.Control({ position: `${map.getSize().y < LOW ? "bottom" : "top"}${side}` });
  control.onAdd = () => button;
  control.addTo(map);
}
