/** Which city a place lies in: the browser half of `storymap/basemap/subjects.py`. */
import type { SettlementRow } from "./names";

/** Kilometres around the earth, and to a degree of latitude. */
export const EQUATOR = 40_075;
const DEGREE = EQUATOR / 360;

/** Kilometres around a settlement that are built up, by its size: the order of magnitude. */
export const BUILT_RADIUS = [0, 0.8, 1.6, 3, 5.5, 10, 7];

/** A city goes on for this many radii: its outskirts, headquarters and airports are in it. */
const REACH = 2;

/** The most important of `settlements`, which come in that order, that a position lies in. */
export function findSubject(
  settlements: readonly SettlementRow[], [lon, lat]: readonly [number, number],
): SettlementRow | undefined {
  const narrowing = Math.cos((lat * Math.PI) / 180);
  return settlements.find((row) => {
    const across = Math.abs(row[0] - lon);
    const distance = Math.hypot(Math.min(across, 360 - across) * narrowing, row[1] - lat) * DEGREE;
    return distance <= REACH * (BUILT_RADIUS[row[4]] ?? 0);
  });
}
