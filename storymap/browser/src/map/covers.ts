/** What covers the map, in its pixels: text, buttons, the inset, the credits. No name may stand half under any of it. */
import type { ScreenBox } from "../labels/boxes";

const COVERS = ".column, .map-return:not([hidden]), .leaflet-control, .steps-rail";

export function findCovers(container: HTMLElement): ScreenBox[] {
  const map = container.getBoundingClientRect();
  const scope = container.closest(".stage") ?? container;
  return [...scope.querySelectorAll(COVERS)].flatMap((element): ScreenBox[] => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    if (!width || !height) return [];
    return [{ left: left - map.left, top: top - map.top, right: right - map.left, bottom: bottom - map.top }];
  });
}
