/** Tiles that lie in the site: only files that there are are asked for, as the page has a list of them. */
import * as L from "leaflet";

/** Tiles beside each other: zoom, row and first column, and the names of their files, parted by commas. */
export type Run = [zoom: number, row: number, column: number, files: string];

export interface OwnTilesData {
  /** The address of the folder of all tiles. */
  url: string;
  /** How many CSS pixels wide each is shown. */
  side: number;
  runs: readonly Run[];
  /** The files by their names, as `data:` addresses, where the page is a single file. */
  files?: Record<string, string>;
}

/** Where a picture lies that shows a tile: its address, and of how many zooms farther away it is. */
interface Found {
  url: string;
  up: number;
}

/** So many zooms farther away than their farthest tiles are drawn for they are still shown, smaller. */
const AWAY = 1.5;

/** From so many zooms farther away a tile is enlarged where the right one is missing; a part of any more is a blur. */
const FARTHEST = 6;

export class OwnTiles extends L.GridLayer {
  private readonly urls = new Map<string, string>();
  /** By how many zooms a tile stands for more than one of the usual size does. */
  private readonly finer: number;
  /** The zoom of the farthest tiles. */
  private readonly first: number;

  constructor(data: OwnTilesData, options: L.GridLayerOptions) {
    const finer = Math.log2(data.side / 256);
    const first = Math.min(24, ...data.runs.map(([zoom]) => zoom));
    super({ tileSize: data.side, minZoom: first + finer - AWAY, minNativeZoom: first + finer, maxZoom: 24, ...options });
    this.finer = finer;
    this.first = first;
    const folder = data.url.replace(/#.*/, "");
    for (const [zoom, row, column, files] of data.runs) {
      files.split(",").forEach((file, number) => {
        this.urls.set([zoom, column + number, row].join("/"), data.files?.[file] ?? folder + file);
      });
    }
  }

  /** A map may come as far away as it likes, which other layers would limit. */
  override beforeAdd(): this {
    return this;
  }

  override createTile(at: L.Coords, done: L.DoneCallback): HTMLElement {
    const found = this.find(at.z - this.finer, at.x, at.y);
    if (!found) {
      const nothing = document.createElement("div");
      requestAnimationFrame(() => done(undefined, nothing));
      return nothing;
    }
    const image = document.createElement("img");
    image.alt = "";
    const tile = found.up ? cut(image, at, found.up, this.getTileSize().x) : image;
    image.onload = () => done(undefined, tile);
    image.onerror = () => done(new Error(found.url), tile);
    image.src = found.url;
    return tile;
  }

  /** Which share of the map is covered by tiles, as it is seen now. */
  coverage(map: L.Map): number {
    const size = map.getSize();
    if (map.getZoom() < this.first + this.finer - AWAY) return 0;
    const zoom = Math.max(this.first, Math.round(map.getZoom()) - this.finer);
    let covered = 0;
    for (let number = 0; number < 25; number++) {
      const share = L.point(((number % 5) + 0.5) / 5, (Math.floor(number / 5) + 0.5) / 5);
      const place = map.project(map.containerPointToLatLng(size.scaleBy(share)), 0).divideBy(256).multiplyBy(2 ** zoom);
      const count = 2 ** zoom;
      if (this.find(zoom, ((Math.floor(place.x) % count) + count) % count, Math.floor(place.y))) covered++;
    }
    return covered / 25;
  }

  private find(zoom: number, column: number, row: number): Found | undefined {
    for (let up = 0; up <= Math.min(zoom, FARTHEST); up++) {
      const url = this.urls.get([zoom - up, column >> up, row >> up].join("/"));
      if (url) return { url, up };
    }
    return undefined;
  }
}

/** A part of an image that is enlarged by so many zooms. */
function cut(image: HTMLImageElement, at: L.Coords, up: number, side: number): HTMLElement {
  const part = document.createElement("div");
  part.style.overflow = "hidden";
  const [left, top] = [at.x, at.y].map((place) => -(place % 2 ** up) * side) as [number, number];
  const width = `${side * 2 ** up}px`;
  Object.assign(image.style, { position: "absolute", left: `${left}px`, top: `${top}px`, width, height: width, maxWidth: "none" });
  part.append(image);
  return part;
}
