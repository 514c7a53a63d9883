/** Which town a place lies in: the browser half of `storymap/basemap/towns.py`. */
import * as figures from "../../../figures.json";
import { bySize } from "../figures";
import { measureNear } from "../views/distance";
import type { SettlementRow } from "./names";

const { builtRadius, outskirts } = figures.settlements;

/** The most important of `settlements`, which come in that order, that a position lies in. */
export function findTown(
  settlements: readonly SettlementRow[], at: readonly [lon: number, lat: number],
): SettlementRow | undefined {
  return settlements.find(([lon, lat, , , size]) => measureNear(at, [lon, lat]) <= outskirts * bySize(builtRadius, size));
}
