/** The drawn map: one Leaflet layer of tiles that are painted, not fetched. */
import * as L from "leaflet";
import { onPaletteChange, readColours, type Colours } from "./colours";
import { OVERLAP, paintTile } from "./paint";
import type { Slices } from "./slices";
import { WorkQueue } from "./work-queue";

/** A tile is drawn up to 1.42 times its size between whole zooms; painted that much finer, it stays crisp. */
const OVERSAMPLING = 1.42;
const FINEST = 3; // canvas pixels per CSS pixel: finer is not seen, but costs memory on phones

const EDGE = 256;

interface LiveTile {
  canvas: HTMLCanvasElement;
  coords: L.Coords;
}

export class BasemapLayer extends L.GridLayer {
  private readonly live = new Map<HTMLElement, LiveTile>();
  private readonly queue = new WorkQueue(10);
  private highlighted: ReadonlySet<string> = new Set();
  private colours: Colours | undefined;
  private stopWatching: (() => void) | undefined;

  constructor(private readonly slices: Slices, options: L.GridLayerOptions = {}) {
    super({ tileSize: EDGE, minNativeZoom: 0, minZoom: -4, maxZoom: 24, keepBuffer: 1, className: "basemap", ...options });
  }

  override onAdd(map: L.Map): this {
    this.colours = readColours(map.getContainer());
    this.stopWatching = onPaletteChange(() => {
      this.colours = readColours(map.getContainer());
      this.repaint();
    });
    this.on("tileunload", this.forget, this);
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    this.stopWatching?.();
    this.off("tileunload", this.forget, this);
    this.live.clear();
    return super.onRemove(map);
  }

  /** Fills these countries, by ISO 3166-1 alpha-2 code, and no others. */
  highlight(codes: readonly string[]): void {
    const same = codes.length === this.highlighted.size && codes.every((code) => this.highlighted.has(code));
    if (same) return;
    this.highlighted = new Set(codes);
    this.repaint();
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const tile = document.createElement("div");
    const canvas = document.createElement("canvas");
    tile.append(canvas);
    const live = { canvas, coords };
    this.live.set(tile, live);
    this.queue.add({
      wanted: () => this.live.has(tile),
      run: () => {
        this.paint(live);
        done(undefined, tile);
      },
    });
    return tile;
  }

  private paint({ canvas, coords }: LiveTile): void {
    const ratio = Math.min(devicePixelRatio * OVERSAMPLING, FINEST);
    const edge = Math.ceil((EDGE + OVERLAP) * ratio);
    if (canvas.width !== edge) {
      canvas.width = canvas.height = edge;
      canvas.style.width = canvas.style.height = `${edge / ratio}px`;
    }
    const brush = canvas.getContext("2d", { alpha: false });
    if (!brush || !this.colours) return;
    paintTile(brush, this.slices.tile(coords), {
      edge: EDGE, ratio, zoom: coords.z, colours: this.colours, highlighted: this.highlighted,
    });
  }

  private repaint(): void {
    for (const [tile, live] of this.live) {
      this.queue.add({ wanted: () => this.live.has(tile), run: () => this.paint(live) });
    }
  }

  private forget(event: L.LeafletEvent): void {
    this.live.delete((event as L.TileEvent).tile);
  }
}
