/** How far neighbours lie from each other, on an earth that is flat there: as `measure_near` of `storymap/earth/distance.py`. */
import { nearestCopy } from "./mercator";

/** Kilometres to a degree of latitude. */
const DEGREE = 111.2;

type Position = readonly [lon: number, lat: number];

/** Kilometres between two points that lie within a day's walk: a hundredth off, but for the poles. */
export function measureNear([lon, lat]: Position, [toLon, toLat]: Position): number {
  const east = (nearestCopy(toLon, lon) - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, toLat - lat) * DEGREE;
}
