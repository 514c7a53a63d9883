/** The table of what a page's map is made of, by the names that Python gives: `storymap.layer("markers", id)`. */
import * as L from "leaflet";
import type { LayerData, Payload } from "../contract";
import { InsetControl } from "../map/inset";
import { ShapeLayer } from "../map/shapes";
import { AreasLayer } from "./areas";
import { makeBasemap, sheetsOf } from "./basemap";
import { CloudLayer } from "./clouds";
import { HighlightLayer } from "./highlight";
import { ImageLayer } from "./image";
import { LinesLayer } from "./lines";
import { MarkerLayer } from "./markers";
import { PointsLayer } from "./points";
import { RouteLayer } from "./route";
import { TrackLayer } from "./track";

type Name = LayerData["kind"] | "basemap" | "ground" | "inset";
type Maker = (page: Payload) => L.Layer | L.Control;

/** Each makes its layer for a page; `tiles` and `ground` are added where the page has all of Leaflet (`whole.ts`). */
export const LAYERS: Record<Exclude<Name, "tiles" | "ground">, Maker> & { tiles?: Maker; ground?: Maker } = {
  basemap: makeBasemap,
  highlight: (page) => new HighlightLayer(page),
  image: (page) => new ImageLayer(page),
  areas: (page) => new AreasLayer(page),
  lines: (page) => new LinesLayer(page),
  points: (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]),
  track: (page) => new TrackLayer(page),
  route: (page) => new RouteLayer(page),
  markers: (page) => L.layerGroup([new ShapeLayer(page), new MarkerLayer(page)]),
  inset: (page) => new InsetControl(sheetsOf(page), page),
};
