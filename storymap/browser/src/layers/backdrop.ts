/** The picture that a story is told on, instead of the earth. */
import * as L from "leaflet";
import type { Box, Payload } from "../contract";
import { writeCredits } from "../map/credits";
import { findLayer } from "../map/scenes";
import { say } from "../page/words";

export interface BackdropData {
  kind: "backdrop";
  url: string;
  bounds: Box;
  tiles?: { url: string; first: number; last: number; files?: Record<string, string> };
}

declare module "../contract" {
  interface Layers {
    backdrop: BackdropData;
  }
}

/** Pixels of the side of a tile, as `storymap/geodata/picture_maps.py` cuts them. */
const TILE = 512;

/** Zooms that a reader may look at the picture from farther away than it fills the map. */
const AWAY = 1;

/** The tiles of the picture; a page that is a single file has them in itself, by their addresses. */
class PictureTiles extends L.TileLayer {
  override getTileUrl(at: L.Coords): string {
    const address = super.getTileUrl(at);
    return (this.options as { files?: Record<string, string> }).files?.[address] ?? address;
  }
}

export function makeBackdrop(page: Payload): L.Layer {
  const data = findLayer(page, "backdrop");
  if (!data) return L.layerGroup();
  const [west, south, east, north] = data.bounds;
  const bounds = L.latLngBounds([south, west], [north, east]);
  const group = L.layerGroup();
  group.on("add", () => {
    const map = (group as unknown as { _map: L.Map })._map;
    map.createPane("backdrop").style.zIndex = "190";
    map.options.minZoom = 0; // or the map would come as close as the tiles
    map.getContainer().classList.add("on-picture");
    const about = page.about ? { url: page.about, label: say(page.strings, "about_map") } : null;
    const attribution = writeCredits(page.basemap.credits, about);
    L.imageOverlay(data.url, bounds, { pane: "backdrop", className: "backdrop", interactive: false, alt: "", attribution }).addTo(map);
    if (data.tiles) {
      new PictureTiles(data.tiles.url, {
        pane: "backdrop", bounds, tileSize: TILE, noWrap: true,
        minZoom: data.tiles.first, maxZoom: 24, minNativeZoom: data.tiles.first, maxNativeZoom: data.tiles.last,
        files: data.tiles.files,
      } as L.TileLayerOptions).addTo(map);
    }
    // Set without `setMinZoom`, which may move the map, as only the story or its reader do.
    map.on("zoomstart resize", () => {
      map.options.minZoom = Math.max(0, Math.floor(map.getBoundsZoom(bounds)) - AWAY);
    });
  });
  return group;
}
