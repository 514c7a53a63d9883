/**
 * The drawn map: one canvas as large as the map, painted anew in every frame that the map moves.
 *
 * Tiles of canvas, as Leaflet's GridLayer would have them, were measured against this: a flight allocated hundreds of
 * them and the browser spent most of its time putting them together. One canvas is sharp at every zoom and has no seams.
 */
import * as L from "leaflet";
import { onPaletteChange, readColours, type Colours } from "./colours";
import { paintMap } from "./paint";
import type { SheetStore } from "./sheets";
import type { WorldWindow } from "./window";

/** Canvas pixels per CSS pixel: finer is not seen, but costs time on phones. */
const FINEST = 2.5;

/** How long Leaflet's animated zoom takes (milliseconds). */
const ZOOM_TIME = 250;

export class BasemapLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private highlighted: ReadonlySet<string> = new Set();
  private colours: Colours | undefined;
  private stopWatching: (() => void) | undefined;
  private frame = 0;
  private painted = false;

  constructor(private readonly sheets: SheetStore, options: L.LayerOptions = {}) {
    super();
    L.Util.setOptions(this, options);
    this.canvas.className = "basemap";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("basemap") ?? map.createPane("basemap");
    pane.append(this.canvas);
    this.colours = readColours(map.getContainer());
    this.stopWatching = onPaletteChange(() => {
      this.colours = readColours(map.getContainer());
      this.follow();
    });
    map.on("move resize", this.follow, this);
    map.on("zoomanim", this.zoomTo, this);
    this.follow();
    return this;
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.frame);
    map.off("move resize", this.follow, this);
    map.off("zoomanim", this.zoomTo, this);
    this.stopWatching?.();
    this.canvas.remove();
    return this;
  }

  /** Fills these countries, by ISO 3166-1 alpha-2 code, and no others. */
  highlight(codes: readonly string[]): void {
    const same = codes.length === this.highlighted.size && codes.every((code) => this.highlighted.has(code));
    if (same) return;
    this.highlighted = new Set(codes);
    this.follow();
  }

  /** Paints what the map shows now: the first time in a frame of its own, then at once, so as not to lag behind it. */
  private follow(): void {
    if (!this._map) return;
    cancelAnimationFrame(this.frame);
    const paint = () => this.paint(this.look());
    if (this.painted) paint();
    else this.frame = requestAnimationFrame(paint);
  }

  /** Follows an animated zoom, which Leaflet leaves to the stylesheet, frame by frame. */
  private zoomTo(event: L.LeafletEvent): void {
    const { center, zoom } = event as L.ZoomAnimEvent;
    const from = this.look();
    const scale = 2 ** (zoom - from.zoom);
    const size = this._map.getSize();
    const goal = this._map.project(center, zoom).subtract(size.divideBy(2));
    const begin = performance.now();
    const step = () => {
      const share = ease(Math.min(1, (performance.now() - begin) / ZOOM_TIME));
      const now = 1 + (scale - 1) * share;
      // A point of the world at p moves from p - from to p · scale - goal, in a straight line.
      this.paint({
        ...from,
        zoom: from.zoom + Math.log2(now),
        x: from.x * (1 - share) + goal.x * share,
        y: from.y * (1 - share) + goal.y * share,
      });
      if (share < 1) this.frame = requestAnimationFrame(step);
    };
    cancelAnimationFrame(this.frame);
    step();
  }

  private look(): WorldWindow {
    const { x: width, y: height } = this._map.getSize();
    const corner = this._map.getPixelBounds().min ?? L.point(0, 0);
    return { x: corner.x, y: corner.y, zoom: this._map.getZoom(), width, height };
  }

  private paint(window: WorldWindow): void {
    const brush = this.canvas.getContext("2d", { alpha: false });
    if (!brush || !this.colours || !window.width || !window.height) return;
    const ratio = Math.min(devicePixelRatio, FINEST);
    const width = Math.ceil(window.width * ratio);
    const height = Math.ceil(window.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.canvas.style.width = `${width / ratio}px`;
      this.canvas.style.height = `${height / ratio}px`;
    }
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint([0, 0]));
    paintMap(brush, this.sheets.list(window, ratio), {
      width, height, ratio, zoom: window.zoom, colours: this.colours, highlighted: this.highlighted,
    });
    if (this.painted) return;
    this.painted = true;
    this.fire("load");
  }
}

/** Near enough to the stylesheet's cubic-bezier(0, 0, 0.25, 1) that markers and map keep together. */
function ease(share: number): number {
  return 1 - (1 - share) ** 3;
}
