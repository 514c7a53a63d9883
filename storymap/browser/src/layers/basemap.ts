/** The drawn map with its names: the ground of every other layer. */
import * as L from "leaflet";
import { BasemapLayer } from "../basemap/layer";
import { SheetStore } from "../basemap/sheets";
import type { Payload } from "../contract";
import { LabelLayer } from "../labels/layer";
import { unpackNames } from "../labels/names";
import { findCovers } from "../map/covers";
import { writeCredits } from "../map/credits";
import { GroundDetail } from "../map/ground";
import { HOME, sceneOf } from "../map/scene";
import { say } from "../page/words";

const stores = new Map<Payload, SheetStore>();

/** The main map and the inset share the cells that they have decoded. */
export function sheetsOf(page: Payload): SheetStore {
  let sheets = stores.get(page);
  if (!sheets) stores.set(page, (sheets = new SheetStore(page.basemap)));
  return sheets;
}

export function makeBasemap(page: Payload): L.Layer {
  const about = page.about ? { url: page.about, label: say(page.strings, "about_map") } : null;
  const ground = new BasemapLayer(sheetsOf(page), { attribution: writeCredits(page.basemap.credits, about) });
  const onPicture = page.ground?.earth === false;
  const group = L.layerGroup(onPicture ? [] : [ground]);
  group.on("add", () => {
    const map = (group as unknown as { _map: L.Map })._map;
    const scene = sceneOf(map);
    const company = { taken: () => [...scene.ask("occupied"), ...findCovers(map)], marked: () => scene.ask("marked"), named: () => scene.ask("names") };
    const data = !onPicture && page.streets;
    const streets = data ? window.storymap.openStreets?.(data, ground) : undefined;
    if (streets) scene.join(ground.streets = streets);
    if (!onPicture) scene.basemap = ground;
    const labels = (scene.labels = new LabelLayer(unpackNames(page.basemap), company, streets));
    group.addLayer(labels);
    if (!onPicture) scene.join(new GroundDetail(page, ground, labels));
  });
  return group;
}

/** The drawn map without names, for a small map that a plugin makes. */
export function makeGround(page: Payload): L.Layer {
  const ground = new BasemapLayer(sheetsOf(page));
  new GroundDetail(page, ground).update(HOME);
  return ground.on("add", () => void ground.open());
}
