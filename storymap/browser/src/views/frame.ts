/** Measure the part of the map that no text covers. */
import type * as L from "leaflet";
import type { Frame } from "./fit";

/** Room between a view and the edge of a map that stands alone, in pixels. */
const MARGIN = 24;

/**
 * The frame that views are fitted to: where the page's stylesheet puts `.map-window`, in which the still stands before
 * the map is drawn. One element decides for both, so the map takes over from the still without a jump.
 */
export function measureFrame(container: HTMLElement): Frame {
  const map = container.getBoundingClientRect();
  const measured = findWindow(container)?.getBoundingClientRect();
  if (measured && measured.width > 0 && measured.height > 0) {
    return {
      left: measured.left - map.left,
      top: measured.top - map.top,
      width: measured.width,
      height: measured.height,
    };
  }
  return {
    left: MARGIN,
    top: MARGIN,
    width: Math.max(1, map.width - 2 * MARGIN),
    height: Math.max(1, map.height - 2 * MARGIN),
  };
}

/** The longitude in the middle of what is seen: of the copies of a place, the one nearest to it is shown. */
export function seenLongitude(map: L.Map): number {
  const { left, top, width, height } = measureFrame(map.getContainer());
  return map.containerPointToLatLng([left + width / 2, top + height / 2]).lng;
}

export function findWindow(container: HTMLElement): HTMLElement | null {
  return container.closest(".map-frame")?.querySelector<HTMLElement>(".map-window") ?? null;
}
