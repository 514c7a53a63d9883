/** What settlements look like without their names: the browser half of `_draw_dots` in `storymap/drawing/still.py`. */
import * as figures from "../../../figures.json";
import { bySize } from "../figures";
import type { SettlementRow } from "./names";

export interface Spot {
  lon: number;
  lat: number;
  /** Pixels of its dot. */
  dot: number;
}

const { dots, hamletDot, dotsZoom } = figures.settlements;

/** The settlements that `zoom` gives texture by, as they come. */
export function listSpots(settlements: readonly SettlementRow[], zoom: number): Spot[] {
  if (zoom < dotsZoom) return [];
  return settlements
    .filter(([, , , minZoom]) => minZoom <= zoom + figures.names.dotEarly)
    .map(([lon, lat, , minZoom, size]) =>
      ({ lon, lat, dot: minZoom <= zoom + figures.names.early ? bySize(dots, size) : hamletDot }));
}
