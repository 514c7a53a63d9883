/** What settlements look like without their names: the browser half of `_draw_dots` in `storymap/drawing/still.py`. */
import type { SettlementRow } from "./names";
import { widthAt, worldPixels } from "../views/mercator";
import { BUILT_RADIUS } from "./subjects";
import { dotRadius, NAMED_EARLY } from "./wishes";

export interface Spot {
  lon: number;
  lat: number;
  /** Pixels of its dot. */
  dot: number;
  /** Pixels of built-up land around it; 0 for none. */
  built: number;
}

/** From which zoom built-up land is shown, and settlements that have no room for their name. */
const BUILT_ZOOM = 6.5;
const BUILT_END = 11.5; // closer, a disc is no texture any more
const DOTS_ZOOM = 6;

/** A settlement is a small dot this many zooms before it may be named. */
const AHEAD = 1.2;
const HAMLET_DOT = 1.1;

/** The settlements that `zoom` gives texture by, as they come. */
export function listSpots(settlements: readonly SettlementRow[], zoom: number): Spot[] {
  if (zoom < DOTS_ZOOM) return [];
  return settlements
    .filter(([, , , minZoom]) => minZoom <= zoom + AHEAD)
    .map(([lon, lat, , minZoom, size]) => {
      const pixels = worldPixels(zoom) / widthAt(lat);
      const built = zoom < BUILT_ZOOM || zoom > BUILT_END ? 0 : (BUILT_RADIUS[size] ?? 0) * pixels;
      return { lon, lat, dot: minZoom <= zoom + NAMED_EARLY ? dotRadius(size) : HAMLET_DOT, built };
    });
}
