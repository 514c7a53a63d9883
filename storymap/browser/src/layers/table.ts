/** The table of what a page's map is made of, by the names that Python gives: `storymap.layer("markers", id)`. */
import * as L from "leaflet";
import type { Kind, Payload } from "../contract";
import { InsetControl } from "../map/inset";
import { ShapeLayer } from "../map/shapes";
import { makeBasemap, sheetsOf } from "./basemap";
import { HighlightLayer } from "./highlight";
import { MarkerLayer } from "./markers";
import { RouteLayer } from "./route";

export type Name = Kind | "basemap" | "ground" | "inset";
export type Table = Record<Name, (page: Payload) => L.Layer | L.Control>;

/**
 * What makes the layers of a page that every page may have. Other scripts have more, each for pages that show it
 * (`storymap/layers/kinds.py` chooses): none is missing in `whole.ts`.
 */
export const LAYERS = {
  basemap: makeBasemap,
  highlight: (page) => new HighlightLayer(page),
  route: (page) => new RouteLayer(page),
  markers: (page) => L.layerGroup([new ShapeLayer(page), new MarkerLayer(page)]),
  inset: (page) => new InsetControl(sheetsOf(page), page),
} satisfies Partial<Table>;

const known: Partial<Table> = LAYERS;

/** From now on pages may have these, too. */
export function addLayers(more: Partial<Table>): void {
  Object.assign(known, more);
}

export function makeLayer(name: Name, page: Payload): L.Layer | L.Control | undefined {
  return known[name]?.(page);
}
