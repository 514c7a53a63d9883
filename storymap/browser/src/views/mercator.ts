/**
 * Web Mercator on the unit square: x grows eastwards from -180°, y southwards from the top of the map. The browser half of
 * `storymap/earth/mercator.py`, held to the same cases.
 */
import * as figures from "../../../figures.json";
import type { Box, Point } from "../contract";

const RADIAN = Math.PI / 180;

/** Of the world's width in a degree. */
const TURN = 1 / 360;

export function projectX(lon: number): number {
  return (lon + 180) * TURN;
}

export function projectY(lat: number): number {
  return 0.5 - Math.atanh(Math.sin(clampLatitude(lat) * RADIAN)) / (2 * Math.PI);
}

export function unprojectX(x: number): number {
  return x * 360 - 180;
}

export function unprojectY(y: number): number {
  return Math.atan(Math.sinh((1 - 2 * y) * Math.PI)) / RADIAN;
}

/** Kilometres that the square's width is at a latitude: its scale grows towards the poles. */
export function widthAt(lat: number): number {
  return figures.plane.equator * Math.cos(clampLatitude(lat) * RADIAN);
}

/** Pixels of the world's width at a zoom. */
export function worldPixels(zoom: number): number {
  return figures.plane.tileSize * 2 ** zoom;
}

/** The zoom at which the world is so many pixels wide. */
export function zoomOf(pixels: number): number {
  return Math.log2(pixels / figures.plane.tileSize);
}

function clampLatitude(lat: number): number {
  return Math.max(-figures.plane.limit, Math.min(figures.plane.limit, lat));
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

/** Pixels from the left edge of a window, which may be in any turn of the world, to an `x` of the plane, in the turn that is nearest. */
export function placeInTurn(x: number, window: { x: number; width: number; zoom: number }): number {
  const world = worldPixels(window.zoom);
  return (x + Math.round((window.x + window.width / 2) / world - x)) * world - window.x;
}
