/**
 * Write a view and a point as an author writes them: latitude first in text, longitude first in GeoJSON, no more digits
 * than the map's zoom can tell apart.
 */
import * as figures from "../../../figures.json";
import type { Camera, Frame } from "../views/fit";
import { nearestCopy, worldPixels, zoomOf } from "../views/mercator";

/** At wider zooms of the reference frame the world is smaller than the frame, and a view is not at its centre any more. */
const WIDEST = zoomOf(figures.frame.width);

/** The end of the map, to the north and to the south (degrees). */
const POLE = 85.05;

/** Degrees from which a box is the whole world. */
const NEARLY_ROUND = figures.frame.roundTheWorld - 0.01;

/** What the part of the map shows that no text covers. */
export interface Seen {
  /** Where its middle is, and the map's zoom. */
  camera: Camera;
  /** Degrees; `east` is not less than `west`, and both may lie beyond 180. */
  west: number;
  south: number;
  east: number;
  north: number;
  frame: Pick<Frame, "width" | "height">;
  /** The closest zoom that a story of this site can ask for. */
  closest: number;
  /** Whether the map stops at whole zooms only. */
  whole: boolean;
}

export interface ViewFields {
  /** The fields `center` and `zoom`; empty where only `bounds` can give the view. */
  centre: string;
  bounds: string;
  /** Whether the map is closer than a story can go, in a window as small as this. */
  tooClose: boolean;
}

/** The fields that give this view again. */
export function writeView(seen: Seen): ViewFields {
  const { camera, frame, closest, whole } = seen;
  const digits = digitsAt(camera.zoom);
  const share = Math.min(frame.width / figures.frame.width, frame.height / figures.frame.height);
  const zoom = camera.zoom - Math.log2(share);
  // Where the map stops at whole zooms, a view that is a hair too wide is shown a whole zoom wider.
  const rounded = (whole ? Math.ceil(zoom * 100 - 1e-6) : Math.round(zoom * 100)) / 100;
  const centre = `center: ${writeLatLon(camera.lon, camera.lat, digits)}\nzoom: ${Math.min(rounded, closest)}`;
  return {
    centre: zoom < WIDEST ? "" : centre,
    bounds: `bounds: [${writeBox(seen, digits).join(", ")}]`,
    tooClose: zoom > closest + 0.01,
  };
}

/** West, south, east, north: rounded inwards, so that the box still fits where it was seen. */
function writeBox({ west, south, east, north }: Seen, digits: number): number[] {
  const middle = (west + east) / 2;
  if (east - west >= NEARLY_ROUND) {
    const centred = Math.abs(wrap(middle)) < 18;
    [west, east] = centred ? [-180, 180] : [middle - NEARLY_ROUND / 2, middle + NEARLY_ROUND / 2];
    if (centred) return [west, up(Math.max(south, -POLE), digits), east, down(Math.min(north, POLE), digits)];
    digits = Math.max(digits, 2);
  }
  return [
    wrap(up(west, digits), digits),
    up(Math.max(south, -POLE), digits),
    wrap(down(east, digits), digits),
    down(Math.min(north, POLE), digits),
  ];
}

export interface PointFields {
  place: string;
  link: string;
  feature: string;
}

/** A point of the map as the field `place`, as a link in Markdown, and as a feature of `geo/places.geojson`. */
export function writePoint(lon: number, lat: number, zoom: number): PointFields {
  const digits = digitsAt(zoom);
  const text = writeLatLon(lon, lat, digits);
  const coordinates = [wrap(lon, digits), round(lat, digits)];
  return {
    place: `place: ${text}`,
    link: `[this place](geo:${text.replace(" ", "")})`,
    feature: [
      "{",
      '  "type": "Feature",',
      '  "properties": { "name": "New place" },',
      `  "geometry": { "type": "Point", "coordinates": [${coordinates.join(", ")}] }`,
      "}",
    ].join("\n"),
  };
}

/** Digits after the point that tell a tenth of a pixel: one for the world, four for a city. */
export function digitsAt(zoom: number): number {
  return Math.max(1, Math.min(6, Math.ceil(Math.log10(worldPixels(zoom) / 360)) + 1));
}

function writeLatLon(lon: number, lat: number, digits: number): string {
  return `${fix(lat, digits)}, ${fix(wrap(lon, digits), digits)}`;
}

/** `lon` in [-180, 180), also after rounding. */
function wrap(lon: number, digits = 12): number {
  const turned = round(nearestCopy(lon, 0), digits);
  return turned >= 180 ? turned - 360 : turned;
}

function fix(value: number, digits: number): string {
  return (round(value, digits) + 0).toFixed(digits);
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits + 0;
}

function up(value: number, digits: number): number {
  return round(Math.ceil(value * 10 ** digits - 1e-9) / 10 ** digits, digits);
}

function down(value: number, digits: number): number {
  return round(Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits, digits);
}
