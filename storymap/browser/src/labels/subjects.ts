/** Which city a place lies in: the browser half of `storymap/basemap/subjects.py`. */
import { measureNear } from "../views/distance";
import type { SettlementRow } from "./names";

/** Kilometres around a settlement that are built up, by its size: the order of magnitude. */
export const BUILT_RADIUS = [0, 0.8, 1.6, 3, 5.5, 10, 7];

/** A city goes on for this many radii: its outskirts, headquarters and airports are in it. */
const REACH = 2;

/** The most important of `settlements`, which come in that order, that a position lies in. */
export function findSubject(
  settlements: readonly SettlementRow[], at: readonly [lon: number, lat: number],
): SettlementRow | undefined {
  return settlements.find(([lon, lat, , , size]) => measureNear(at, [lon, lat]) <= REACH * (BUILT_RADIUS[size] ?? 0));
}
