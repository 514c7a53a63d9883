/** Map tiles that the author opted in to, over the drawn map: where they are missing, the drawn map shows. */
import * as L from "leaflet";
import type { Payload } from "../contract";
import { escapeText } from "../map/credits";
import { findLayer } from "../map/scenes";

export interface TilesData {
  kind: "tiles";
  url: string;
  attribution: string;
  maxZoom: number;
  subdomains: string;
  needsReferer: boolean;
}

declare module "../contract" {
  interface Layers {
    tiles: TilesData;
  }
}

/** The tile layer, or an empty one where the page must not ask for tiles. */
export function makeTiles(page: Payload): L.Layer {
  const tiles = findLayer(page, "tiles");
  // A page from disk sends no Referer, and a provider that insists on one would answer with pictures of its refusal.
  if (!tiles || (tiles.needsReferer && location.protocol === "file:")) return L.layerGroup();
  const layer = L.tileLayer(tiles.url, {
    attribution: escapeText(tiles.attribution),
    maxZoom: 24,
    maxNativeZoom: tiles.maxZoom,
    subdomains: tiles.subdomains,
    className: "tiles",
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  // Tiles bring names of their own; until one has come, the drawn map keeps its names.
  layer.once("tileload", (event) => {
    const names = (event.target as unknown as { _map?: L.Map })._map?.getPane("labels");
    if (names) names.hidden = true;
  });
  return layer;
}
