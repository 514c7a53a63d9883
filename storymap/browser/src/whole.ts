/** The browser half of storymap for pages whose map has tiles, or elements of Folium's own: they expect all of Leaflet. */
import * as L from "leaflet";
import type { Payload } from "./contract";
import { makeGround } from "./layers/basemap";
import { addLayers, LAYERS, type Table } from "./layers/table";
import { makeTiles } from "./layers/tiles";
import { OWN_LAYERS } from "./layers";
import { watchAdditions } from "./map/additions";
import { welcomeFoliumElements } from "./map/folium-elements";
import { StandingLayers } from "./map/standing-layers";
import { stepElementsOf, watchControls } from "./map/step-elements";

const api = {
  /** Tells on `map` if one of them fails; `id` names the page's JSON element. */
  expect(map: L.Map, id: string): void {
    watchAdditions(() => {
      const { strings } = JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Payload;
      map.attributionControl?.addAttribution(strings["map_incomplete"] ?? "");
    });
  },
  /** What comes onto `map` until `end` is there while the story is at this step. */
  begin: (map: L.Map, step: number): void => stepElementsOf(map).begin(step),
  end: (map: L.Map): void => stepElementsOf(map).end(),
};

declare global {
  interface Window {
    storymapFolium: typeof api;
  }
}

window.L = { ...L }; // a module cannot be added to, as plugins do
const all: Table = { ...LAYERS, ...OWN_LAYERS, tiles: makeTiles, ground: makeGround };
addLayers(all);
welcomeFoliumElements(window.L);
watchControls();
window.storymapFolium = api;
window.storymapLayers = StandingLayers.read;
