/**
 * The drawn map: one canvas as large as the map. While the map flies, the canvas holds somewhat more than is seen, and is
 * pushed and stretched over the map until that no longer does; then, and where the map comes to rest, it is painted anew.
 *
 * Tiles of canvas, as Leaflet's GridLayer would have them, were measured against this: a flight allocated hundreds of
 * them and the browser spent most of its time putting them together. One canvas is sharp at every zoom and has no seams.
 */
import * as L from "leaflet";
import { onPaletteChange, readColours, type Colours } from "./colours";
import { giveWayInTime } from "../give-way";
import { worldPixels } from "../views/mercator";
import { paintMap } from "./paint";
import type { SheetStore } from "./sheets";
import type { WorldWindow } from "./window";
import type { StreetGround } from "../streets/lent";

/** Canvas pixels per CSS pixel: finer is not seen, but costs time on phones. */
const FINEST = 2.5;

/** How long Leaflet's animated zoom takes (milliseconds). */
const ZOOM_TIME = 250;

/** How much wider and higher the canvas is than the map: while that draws back or turns aside, closes in, or is dragged. */
const SPARE = { leaving: 1.6, closing: 1.2, dragged: 1.25 };

/** How far the canvas may be stretched on the way. */
const STRETCH = 1.4;

interface Held {
  window: WorldWindow;
  /** Canvas pixels per pixel of the window. */
  ratio: number;
}

export class BasemapLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private highlighted: ReadonlySet<string> = new Set();
  private borders = true;
  private colours: Colours | undefined;
  private stopWatching: (() => void) | undefined;
  private frame = 0;
  /** What the canvas holds; undefined until it has been painted. */
  private held: Held | undefined;
  /** Whether the canvas must be painted again whatever it holds. */
  private stale = false;
  /** What the map showed last. */
  private seen: WorldWindow | undefined;
  /** What lies over the drawn map where it is looked at closely. */
  streets?: StreetGround;

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
      this.repaint();
    });
    map.on("move", this.follow, this);
    map.on("moveend resize", this.rest, this);
    map.on("zoomanim", this.zoomTo, this);
    return this;
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.frame);
    map.off("move", this.follow, this);
    map.off("moveend resize", this.rest, this);
    map.off("zoomanim", this.zoomTo, this);
    this.stopWatching?.();
    this.canvas.remove();
    return this;
  }

  /** Paints the map for the first time; resolves when it is there. */
  async open(): Promise<void> {
    await this.sheets.prepare(this.look(), giveWayInTime);
    await new Promise(requestAnimationFrame);
    if (this._map) this.paint(this.look());
  }

  /** Decodes what the map has not shown yet, so that no flight waits for it. */
  async prepare(): Promise<void> {
    await this.sheets.prepare(undefined, giveWayInTime);
    await this.streets?.prepare(giveWayInTime);
  }

  /** Fills these countries, by ISO 3166-1 alpha-2 code, and no others. */
  highlight(codes: readonly string[]): void {
    const same = codes.length === this.highlighted.size && codes.every((code) => this.highlighted.has(code));
    if (same) return;
    this.highlighted = new Set(codes);
    this.repaint();
  }

  /** Draws the borders of countries and regions, or does not. */
  drawBorders(borders: boolean): void {
    if (borders === this.borders) return;
    this.borders = borders;
    this.repaint();
  }

  /** Paints what the map shows, in the next frame. */
  repaint(): void {
    if (!this.held) return;
    this.stale = true;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      if (this.stale) this.paint(this.look());
    });
  }

  private follow(): void {
    if (this.held) this.show(this.look());
  }

  /** The map has come to rest: what was stretched on the way is painted sharply. */
  private rest(): void {
    const { held } = this;
    if (!held) return;
    const now = (this.seen = this.look());
    if (held.ratio === this.finest && held.window.zoom === now.zoom && this.place(now)) return;
    cancelAnimationFrame(this.frame);
    this.paint(now);
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
      this.show({
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

  private get finest(): number {
    return Math.min(devicePixelRatio, FINEST);
  }

  /** Shows `now` of a map that moves: by what the canvas holds, or painted with something to spare for what comes next. */
  private show(now: WorldWindow): void {
    const before = this.seen?.zoom ?? now.zoom;
    this.seen = now;
    if (this.place(now)) return;
    if (now.zoom === before) return this.paint(now, { spare: SPARE.dragged });
    const spare = now.zoom > before ? SPARE.closing : SPARE.leaving;
    // As many pixels as at rest: what moves is not seen as sharply.
    this.paint(now, { spare, ratio: Math.max(1, this.finest / spare) });
  }

  /** Lays what the canvas holds over the map; false where it does not fill it, or is stretched too far. */
  private place(now: WorldWindow): boolean {
    if (!this.held || this.stale) return false;
    const { x, y, zoom, width, height } = this.held.window;
    const scale = 2 ** (now.zoom - zoom);
    const left = x * scale - now.x;
    const top = y * scale - now.y;
    const fills = left <= 0 && top <= 0 && left + width * scale >= now.width && top + height * scale >= now.height;
    if (!fills || scale > STRETCH) return false;
    L.DomUtil.setTransform(this.canvas, this._map.containerPointToLayerPoint([0, 0]).add([left, top]), scale);
    return true;
  }

  private paint(now: WorldWindow, { spare = 1, ratio = this.finest } = {}): void {
    const brush = this.canvas.getContext("2d", { alpha: false });
    if (!brush || !this.colours || !now.width || !now.height) return;
    const width = Math.ceil(now.width * spare * ratio);
    const height = Math.ceil(now.height * spare * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.canvas.style.width = `${width / ratio}px`;
    this.canvas.style.height = `${height / ratio}px`;
    const window = {
      zoom: now.zoom,
      x: now.x - Math.round((width / ratio - now.width) / 2),
      y: now.y - Math.round((height / ratio - now.height) / 2),
      width: width / ratio,
      height: height / ratio,
    };
    this.held = { window, ratio };
    this.stale = false;
    this.place(now);
    paintMap(brush, this.sheets.list(window, ratio), {
      south: (worldPixels(window.zoom) - window.y) * ratio,
      globe: { west: -window.x * ratio, world: worldPixels(window.zoom) * ratio },
      width, height, ratio, zoom: window.zoom, colours: this.colours, highlighted: this.highlighted, borders: this.borders,
    });
    this.streets?.paint(brush, window, ratio, this.colours);
  }
}

/** Near enough to the stylesheet's cubic-bezier(0, 0, 0.25, 1) that markers and map keep together. */
function ease(share: number): number {
  return 1 - (1 - share) ** 3;
}
