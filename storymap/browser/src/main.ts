/**
 * The browser half of storymap: what the script that Folium renders calls.
 *
 *     storymap.layer(name, id)  a layer of the page's map, or a control on it, by its name in `layers/table.ts`
 *     storymap.start(map, id)   bind the map to the page
 *     storymap.refresh(map)     last, after what else Folium added: make room for it
 *
 * `id` names the page's JSON element. What that script and the preview use of Leaflet stands in the page as `L`; where
 * Folium adds something else it is all of Leaflet (`whole.ts`).
 */
import * as L from "leaflet";
import type { Lent } from "./atlas/cards";
import type { BasemapLayer } from "./basemap/layer";
import type { StreetsData } from "./streets/contract";
import type { StreetGround } from "./streets/lent";
import { makeLayer, type Name } from "./layers/table";
import { sceneOf } from "./map/scene";
import { start } from "./page/start";
import { readPayload } from "./page/payload";
import { offerSearch } from "./page/search";

declare global {
  interface Window {
    L: typeof L;
    storymap: Api;
  }
}

interface Api {
  layer(name: Name, id: string): L.Layer | L.Control | undefined;
  start(map: L.Map, id: string): void;
  refresh(map: L.Map): void;
  /** What pages that list stories have besides (`atlas.ts`). */
  bindAtlas?(lent: Lent): void;
  /** What pages with streets have besides (`streets.ts`). */
  openStreets?(data: StreetsData, ground: BasemapLayer): StreetGround;
}

const api: Api = {
  layer: (name: Name, id: string) => makeLayer(name, readPayload(id)),
  start: (map: L.Map, id: string) => start(map, readPayload(id)),
  refresh: (map: L.Map) => sceneOf(map).refresh(),
};

// Each by its name: who takes them out of `L` together takes all of Leaflet along.
window.L = {
  map: L.map, Map: L.Map, CRS: L.CRS, Control: L.Control, DomEvent: L.DomEvent, divIcon: L.divIcon, marker: L.marker,
} as typeof L;
window.storymap = api;
offerSearch();
