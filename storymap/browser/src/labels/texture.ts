/** What settlements look like without their names: the browser half of `_draw_dots` in `storymap/drawing/still.py`. */
import * as figures from "../../../figures.json";
import { bySize } from "../figures";
import type { SettlementRow } from "./names";
import { widthAt, worldPixels } from "../views/mercator";

export interface Spot {
  lon: number;
  lat: number;
  /** Pixels of its dot. */
  dot: number;
  /** Pixels of built-up land around it; 0 for none. */
  built: number;
}

const { dots, hamletDot, dotsZoom, builtRadius, builtZooms: [builtFrom = 0, builtUntil = 0] } = figures.settlements;

/** The settlements that `zoom` gives texture by, as they come. */
export function listSpots(settlements: readonly SettlementRow[], zoom: number): Spot[] {
  if (zoom < dotsZoom) return [];
  return settlements
    .filter(([, , , minZoom]) => minZoom <= zoom + figures.names.dotEarly)
    .map(([lon, lat, , minZoom, size]) => {
      const pixels = worldPixels(zoom) / widthAt(lat);
      const built = zoom < builtFrom || zoom > builtUntil ? 0 : bySize(builtRadius, size) * pixels;
      return { lon, lat, dot: minZoom <= zoom + figures.names.early ? bySize(dots, size) : hamletDot, built };
    });
}
