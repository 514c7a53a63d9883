/**
 * The browser half of storymap: what the script that Folium renders calls.
 *
 *     storymap.basemap(id)      the drawn map with its names
 *     storymap.tiles(id)        opt-in tiles over it (`whole.ts`)
 *     storymap.highlights(id)   filled countries
 *     storymap.lines(id)        lines between places
 *     storymap.places(id)       markers, and places that are lines or areas
 *     storymap.inset(id)        a small map that shows where the main one looks
 *     storymap.start(map, id)   bind the map to the page
 *     storymap.refresh(map)     last, after what else Folium added: make room for it
 *
 * `id` names the page's JSON element. What that script and the preview use of Leaflet stands in the page as `L`; where
 * Folium adds something else it is all of Leaflet (`whole.ts`).
 */
import * as L from "leaflet";
import { BasemapLayer } from "./basemap/layer";
import { SheetStore } from "./basemap/sheets";
import type { Payload } from "./contract";
import { LabelLayer } from "./labels/layer";
import { unpackNames } from "./labels/names";
import { findCovers } from "./map/covers";
import { writeCredits } from "./map/credits";
import { HighlightLayer } from "./map/highlights";
import { InsetControl } from "./map/inset";
import { MarkerLayer } from "./map/markers";
import { RouteLayer } from "./map/routes";
import { sceneOf } from "./map/scene";
import { ShapeLayer } from "./map/shapes";
import { start } from "./page/start";
import { readPayload } from "./page/payload";
import { say } from "./page/words";

const stores = new Map<Payload, SheetStore>();

/** The main map and the inset share the cells that they have decoded. */
function sheetsOf(payload: Payload): SheetStore {
  let sheets = stores.get(payload);
  if (!sheets) stores.set(payload, (sheets = new SheetStore(payload.basemap)));
  return sheets;
}

function basemap(id: string): L.Layer {
  const payload = readPayload(id);
  const about = payload.about ? { url: payload.about, label: say(payload.strings, "about_map") } : null;
  const ground = new BasemapLayer(sheetsOf(payload), { attribution: writeCredits(payload.basemap.credits, about) });
  const group = L.layerGroup([ground]);
  group.on("add", () => {
    const map = (group as unknown as { _map: L.Map })._map;
    const scene = sceneOf(map);
    const company = {
      taken: () => [...(scene.markers?.occupied ?? []), ...(scene.routes?.occupied ?? []), ...findCovers(map)],
      marked: () => scene.markers?.marked ?? [],
    };
    scene.basemap = ground;
    group.addLayer((scene.labels = new LabelLayer(unpackNames(payload.basemap), company)));
  });
  return group;
}

declare global {
  interface Window {
    L: typeof L;
    storymap: typeof api;
  }
}

const api = {
  basemap,
  highlights: (id: string) => new HighlightLayer(readPayload(id)),
  lines: (id: string) => new RouteLayer(readPayload(id)),
  places: (id: string) => L.layerGroup([new ShapeLayer(readPayload(id)), new MarkerLayer(readPayload(id))]),
  inset: (id: string) => new InsetControl(sheetsOf(readPayload(id)), readPayload(id).strings),
  start: (map: L.Map, id: string) => start(map, readPayload(id)),
  refresh: (map: L.Map) => sceneOf(map).refresh(),
};

// Each by its name: who takes them out of `L` together takes all of Leaflet along.
window.L = {
  map: L.map, Map: L.Map, CRS: L.CRS, Control: L.Control, DomEvent: L.DomEvent, divIcon: L.divIcon, marker: L.marker,
} as typeof L;
window.storymap = api;
