/** What covers the map, in its pixels: text, buttons, the inset, the credits. No name may stand half under any of it. */
import type { ScreenBox } from "../labels/boxes";

const COVERS = ".column, .map-return:not([hidden]), .leaflet-control, .steps-rail ol";

export function findCovers(container: HTMLElement): ScreenBox[] {
  const map = container.getBoundingClientRect();
  const scope = container.closest(".stage") ?? container;
  return [...scope.querySelectorAll(COVERS)].flatMap((element): ScreenBox[] => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    // What lies under the map, as the text does on a phone, spans its whole width; what stands over it does not.
    if (!width || !height || (left <= map.left && right >= map.right)) return [];
    return [{ left: left - map.left, top: top - map.top, right: right - map.left, bottom: bottom - map.top }];
  });
}
