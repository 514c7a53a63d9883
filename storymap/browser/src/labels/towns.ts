/** Which town a place lies in: the browser half of `storymap/basemap/towns.py`. */
import * as figures from "../../../figures.json";
import { bySize } from "../figures";
import { measureNear } from "../views/distance";
import type { SettlementRow } from "./names";

interface Spot {
  x: number;
  y: number;
}

const { builtRadius, outskirts } = figures.settlements;

/** The most important of `settlements`, which come in that order, that a position lies in. */
export function findTown(
  settlements: readonly SettlementRow[], at: readonly [lon: number, lat: number],
): SettlementRow | undefined {
  return settlements.find(([lon, lat, , , size]) => measureNear(at, [lon, lat]) <= outskirts * bySize(builtRadius, size));
}

/** Whether the name of a town may stand beside a marker in it: on a close map that would be taken for its own. */
export function isLent(zoom: number, size: Spot, dot: Spot, marker: Spot): boolean {
  const isSeen = dot.x >= 0 && dot.x <= size.x && dot.y >= 0 && dot.y <= size.y;
  return zoom < figures.names.lentFrom || (isSeen && Math.hypot(marker.x - dot.x, marker.y - dot.y) <= figures.names.lentWithin);
}
