/** Tiles of the author's own over the drawn map: where they are missing, the drawn map shows. */
import type * as L from "leaflet";
import type { Payload } from "../contract";
import { OwnTiles, type OwnTilesData } from "../map/own-tiles";
import { findLayer } from "../map/scenes";

export interface TilesetData extends OwnTilesData {
  kind: "tileset";
}

declare module "../contract" {
  interface Layers {
    tileset: TilesetData;
  }
}

/** Tiles bring names of their own: from this share of the map on they stand alone. */
const MOST = 0.5;

/** The tiles of a picture on the ground. */
export const makeSheet = (data: OwnTilesData, options: L.GridLayerOptions): L.GridLayer => new OwnTiles(data, options);

export function makeTileset(page: Payload): L.Layer {
  const data = findLayer(page, "tileset") ?? { url: "", side: 256, runs: [] };
  const tiles = new OwnTiles(data, { className: "tileset" });
  const look = ({ target }: L.LeafletEvent) => {
    const map = target as L.Map;
    map.getContainer().classList.toggle("on-tiles", tiles.coverage(map) >= MOST);
  };
  tiles.on("add", () => {
    const map = (tiles as unknown as { _map: L.Map })._map;
    map.on("viewreset zoomend moveend resize", look);
    tiles.on("remove", () => map.off("viewreset zoomend moveend resize", look));
  });
  return tiles;
}
