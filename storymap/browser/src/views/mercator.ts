/** Web Mercator on the unit square: x grows eastwards from -180°, y southwards from the top of the map. */
import type { Box, Point } from "../contract";

/** The latitude at which the square ends (degrees). */
export const MAX_LATITUDE = 85.0511287798066;

const RADIAN = Math.PI / 180;

export function projectX(lon: number): number {
  return lon / 360 + 0.5;
}

export function projectY(lat: number): number {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIAN);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function unprojectX(x: number): number {
  return (x - 0.5) * 360;
}

export function unprojectY(y: number): number {
  return Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / RADIAN;
}

/** `box` with an eastern edge that is never west of the western one: above 180 where the box crosses 180°. */
export function unwrapBox([west, south, east, north]: Box): Box {
  return [west, south, west > east ? east + 360 : east, north];
}

/** The copy of `lon`, whole turns away, that lies nearest to `target`. */
export function nearestCopy(lon: number, target: number): number {
  return lon + 360 * Math.round((target - lon) / 360);
}

/** The runs of a line that was cut at 180° joined up again: longitudes run on past 180 instead of jumping. */
export function joinAcross180(parts: readonly (readonly Point[])[]): Point[][] {
  const runs: Point[][] = [];
  for (const part of parts) {
    const first = part[0];
    if (!first) continue;
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1];
    const meets = last !== undefined && Math.abs(first[1] - last[1]) < 1e-6 && isWholeTurns(last[0] - first[0]);
    if (run && last && meets) {
      const turn = last[0] - first[0];
      run.push(...part.slice(1).map(([lon, lat]): Point => [lon + turn, lat]));
    } else {
      runs.push(part.map(([lon, lat]): Point => [lon, lat]));
    }
  }
  return runs;
}

function isWholeTurns(degrees: number): boolean {
  return Math.abs(degrees - 360 * Math.round(degrees / 360)) < 1e-6;
}
