/** A button on the map of a story that shares the step at which the reader is. */
import * as L from "leaflet";
import { hasSharing, loadSharing } from "./more";
import { say, type Words } from "./words";

const ICON =
  '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M12 15V4M8 7l4-4 4 4M5 12v8h14v-8"/></svg>';

export function offerSharing(map: L.Map, words: Words): void {
  if (!hasSharing) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "share-button";
  button.title = say(words, "share");
  button.setAttribute("aria-label", button.title);
  button.innerHTML = ICON;
  button.addEventListener("click", () => void loadSharing().then((sharing) => sharing?.share()));
  L.DomEvent.disableClickPropagation(button);
  const control = new L.Control({ position: document.documentElement.dir === "rtl" ? "topleft" : "topright" });
  control.onAdd = () => button;
  control.addTo(map);
}
