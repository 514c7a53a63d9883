/** The map as a part of the page: it has a role and a name, and Escape leads from it back to the text. */
import type * as L from "leaflet";
import type { CameraMan } from "../views/camera";

/**
 * A region, as Leaflet's own discussion of a role for maps has it: the map holds controls and markers of its own, which
 * an `img` would hide, and an `application` would take the reading keys from people with screen readers.
 */
export function nameMap(container: HTMLElement, name: string): void {
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", name);
}

export function leaveOnEscape(map: L.Map, camera: CameraMan): void {
  map.getContainer().addEventListener("keydown", (event) => {
    const open = (map as unknown as { _popup?: L.Popup })._popup?.isOpen();
    if (event.key !== "Escape" || event.defaultPrevented || open) return; // Leaflet closes a popup itself
    const text = document.querySelector<HTMLElement>(".is-current") ?? document.querySelector<HTMLElement>(".column");
    if (!text) return;
    text.tabIndex = -1;
    text.focus({ preventScroll: true });
    camera.lookBack();
  });
}
