/** How far neighbours lie from each other, on an earth that is flat there: as `measure_near` of `storymap/earth/distance.py`. */
import * as figures from "../../../figures.json";
import { nearestCopy } from "./mercator";

type Position = readonly [lon: number, lat: number];

/** Kilometres between two points that lie within a day's walk: a hundredth off, but for the poles. */
export function measureNear([lon, lat]: Position, [toLon, toLat]: Position): number {
  const east = (nearestCopy(toLon, lon) - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, toLat - lat) * figures.plane.degree;
}
