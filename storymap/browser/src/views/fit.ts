/** Fit a box of the earth into the part of the map that no text covers. */
import type { Box } from "../contract";
import { nearestCopy, projectX, projectY, unprojectX, unprojectY, unwrapBox, worldPixels, zoomOf } from "./mercator";

/** A rectangle in pixels, measured from the map's top left corner. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface ZoomRange {
  min: number;
  max: number;
}

/**
 * The camera that shows `box` as large as `frame` allows, centred in it: what `preserveAspectRatio="xMidYMid meet"` does
 * to the still that stands under the map. The longitude is the copy nearest to `nearLon`, so that flights are short.
 */
export function fitBox(box: Box, frame: Frame, map: Size, zooms: ZoomRange, nearLon = 0): Camera {
  const [west, south, east, north] = unwrapBox(box);
  const left = projectX(west);
  const right = projectX(east);
  const top = projectY(north);
  const bottom = projectY(south);
  const scale = Math.min(frame.width / Math.max(right - left, 1e-9), frame.height / Math.max(bottom - top, 1e-9));
  const zoom = Math.max(zooms.min, Math.min(zooms.max, zoomOf(scale)));
  const pixels = worldPixels(zoom);
  const x = (left + right) / 2 + (map.width / 2 - (frame.left + frame.width / 2)) / pixels;
  const y = (top + bottom) / 2 + (map.height / 2 - (frame.top + frame.height / 2)) / pixels;
  return { lon: nearestCopy(unprojectX(x), nearLon), lat: unprojectY(y), zoom };
}

/**
 * Seconds that a flight takes: short for a step aside, longer for an ocean, never so long that a reader waits for it.
 * Measured by van Wijk and Nuij's path length ("Smooth and efficient zooming and panning", 2003), as Leaflet flies it.
 */
export function flightSeconds(from: Camera, to: Camera, map: Size): number {
  const pixels = worldPixels(from.zoom);
  const dx = (projectX(to.lon) - projectX(from.lon)) * pixels;
  const dy = (projectY(to.lat) - projectY(from.lat)) * pixels;
  const width = Math.max(map.width, map.height);
  const widthAfter = width * 2 ** (from.zoom - to.zoom);
  const distance = Math.hypot(dx, dy);
  const rho = 1.42;
  const path =
    distance < 1
      ? Math.abs(Math.log(widthAfter / width)) / rho
      : (zoomAngle(1, width, widthAfter, distance, rho) - zoomAngle(0, width, widthAfter, distance, rho)) / rho;
  return Math.max(0.5, Math.min(2.6, 0.5 + 0.38 * Math.abs(path)));
}

function zoomAngle(end: 0 | 1, before: number, after: number, distance: number, rho: number): number {
  const sign = end ? -1 : 1;
  const width = end ? after : before;
  const b = (after ** 2 - before ** 2 + sign * rho ** 4 * distance ** 2) / (2 * width * rho ** 2 * distance);
  return Math.log(Math.sqrt(b * b + 1) - b);
}
