/** The table of what a page's map is made of, by the names that Python gives: `storymap.layer("markers", id)`. */
import * as L from "leaflet";
import type { LayerData, Payload } from "../contract";
import { InsetControl } from "../map/inset";
import { ShapeLayer } from "../map/shapes";
import { makeBasemap, sheetsOf } from "./basemap";
import { CompareLayer } from "./compare";
import { HighlightLayer } from "./highlight";
import { ImageLayer } from "./image";
import { MarkerLayer } from "./markers";
import { RouteLayer } from "./route";
import { TrackLayer } from "./track";

type Name = LayerData["kind"] | "basemap" | "ground" | "inset";
type Maker = (page: Payload) => L.Layer | L.Control;

/** What few pages have, whose script adds it: data of the author's (`data.ts`), and what needs all of Leaflet (`whole.ts`). */
type Rare = "areas" | "lines" | "points" | "tiles" | "ground";

/** Each makes its layer for a page. */
export const LAYERS: Record<Exclude<Name, Rare>, Maker> & Partial<Record<Rare, Maker>> = {
  basemap: makeBasemap,
  highlight: (page) => new HighlightLayer(page),
  image: (page) => new ImageLayer(page),
  track: (page) => new TrackLayer(page),
  route: (page) => new RouteLayer(page),
  markers: (page) => L.layerGroup([new ShapeLayer(page), new MarkerLayer(page)]),
  compare: (page) => new CompareLayer(page),
  inset: (page) => new InsetControl(sheetsOf(page), page),
};
