/** Measure the part of the map that no text covers. */
import type * as L from "leaflet";
import type { Frame } from "./fit";

/** Room between a view and the edge of a map that stands alone, in pixels. */
const MARGIN = 24;

const measured = new WeakMap<L.Map, { size: string; frame: Frame }>();

/**
 * The frame that views are fitted to: where the page's stylesheet puts `.map-window`, in which the still stands before
 * the map is drawn. One element decides for both, so the map takes over from the still without a jump. Measuring has
 * the browser lay out the page, so it is done once for each size of the map.
 */
export function measureFrame(map: L.Map): Frame {
  const { x, y } = map.getSize();
  const size = `${x} ${y}`;
  const known = measured.get(map);
  if (known?.size === size) return known.frame;
  const container = map.getContainer().getBoundingClientRect();
  const window = findWindow(map.getContainer())?.getBoundingClientRect();
  const frame =
    window && window.width > 0 && window.height > 0
      ? { left: window.left - container.left, top: window.top - container.top, width: window.width, height: window.height }
      : { left: MARGIN, top: MARGIN, width: Math.max(1, x - 2 * MARGIN), height: Math.max(1, y - 2 * MARGIN) };
  measured.set(map, { size, frame });
  return frame;
}

/** The part of the map that no text covers, in its pixels: views are framed with as much room on either side. */
export function findSeen(map: L.Map): { left: number; top: number; right: number; bottom: number } {
  const { x, y } = map.getSize();
  const { left, width } = measureFrame(map);
  const room = Math.min(left, x - left - width);
  return { left: left - room, top: 0, right: left + width + room, bottom: y };
}

/** The longitude in the middle of what is seen: of the copies of a place, the one nearest to it is shown. */
export function seenLongitude(map: L.Map): number {
  return seenMiddle(map).lng;
}

/** The middle of what is seen. */
export function seenMiddle(map: L.Map): L.LatLng {
  const { left, top, width, height } = measureFrame(map);
  return map.containerPointToLatLng([left + width / 2, top + height / 2]);
}

export function findWindow(container: HTMLElement): HTMLElement | null {
  return container.closest(".map-frame")?.querySelector<HTMLElement>(".map-window") ?? null;
}
