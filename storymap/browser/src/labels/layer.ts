/**
 * Names, and the dots of the settlements that are named: drawn when the map has come to rest, hidden while it zooms. A dot
 * that nothing names would be a riddle, so that there is none.
 */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import { onPaletteChange, readColours, type Colours } from "../basemap/colours";
import { seenLongitude } from "../views/frame";
import { nearestCopy } from "../views/mercator";
import type { StreetGround } from "../streets/lent";
import { arrangeLabels, type LabelWish, type PlacedLabel } from "./arrange";
import { edgeBoxes, type ScreenBox } from "./boxes";
import type { MapNames } from "./names";
import { findTown, isLent } from "./towns";
import { wishNames, type Lettering, type NameWish } from "./wishes";

interface Wish extends LabelWish {
  text: string;
  name: NameWish;
}

/** What else stands on the map. */
export interface Company {
  /** Where names may not stand: markers, their labels, and whatever covers the map. */
  taken(): ScreenBox[];
  /** The places that have a marker. */
  marked(): readonly Marked[];
  /** Names of the author's data, before all others. */
  named(): readonly NameWish[];
}

/** A place with a marker: where that stands on the map, and how far it reaches. */
export interface Marked {
  lon: number;
  lat: number;
  x: number;
  y: number;
  reach: number;
  /** Whether the story is there. */
  active: boolean;
  /** Whether it is a settlement itself. */
  town: boolean;
  /** Its name where that stands beside it, else empty. */
  said: string;
}

/** How far beyond the map's edge names are drawn, so that a short drag does not show bare land. */
const MARGIN = 120;

/** More names than this are noise on any screen. */
const MOST = 90;

export class LabelLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private readonly families: Record<Lettering["family"], string>;
  private readonly widths = new Map<string, number>();
  private stopWatching: (() => void) | undefined;
  private due = 0;
  private underWay = false;
  private opened = false;
  private shown: MapNames;

  constructor(private readonly names: MapNames, private readonly company: Company, private readonly streets?: StreetGround) {
    super();
    this.shown = names;
    this.canvas.className = "map-labels";
    this.canvas.setAttribute("aria-hidden", "true");
    const style = getComputedStyle(document.documentElement);
    this.families = {
      sans: style.getPropertyValue("--sans").trim() || "sans-serif",
      serif: style.getPropertyValue("--serif").trim() || "serif",
    };
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("labels") ?? map.createPane("labels");
    pane.append(this.canvas);
    map.on("movestart zoomstart", this.setOut, this);
    map.on("moveend", this.arrive, this);
    map.on("resize", this.draw, this);
    this.stopWatching = onPaletteChange(() => this.draw());
    document.fonts.addEventListener("loadingdone", this.resetFaces);
    return this;
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.due);
    map.off("movestart zoomstart", this.setOut, this);
    map.off("moveend", this.arrive, this);
    map.off("resize", this.draw, this);
    this.stopWatching?.();
    document.fonts.removeEventListener("loadingdone", this.resetFaces);
    this.canvas.remove();
    return this;
  }

  /** A face has come that names may be set in: they are measured anew. */
  private readonly resetFaces = (): void => {
    this.widths.clear();
    this.draw();
  };

  /** From now on names are drawn. */
  open(): void {
    this.opened = true;
    this.draw();
  }

  /** Names all that the map has, its waters alone, or nothing. */
  letter(which: "all" | "water" | "none"): void {
    const { waters } = this.names;
    this.shown = which === "all" ? this.names : { settlements: [], countries: [], waters: which === "water" ? waters : [] };
    this.draw();
  }

  /** Draws in the next frame, once, however many reasons there are: markers have then settled too. */
  draw(): void {
    cancelAnimationFrame(this.due);
    // On the way there is nothing to draw for: names would stand where the map has been.
    if (this.opened && !this.underWay) this.due = requestAnimationFrame(() => this.paint());
  }

  private setOut({ type }: L.LeafletEvent): void {
    this.underWay = true;
    cancelAnimationFrame(this.due);
    // A map that is only dragged takes its names along.
    if (type === "zoomstart") this.canvas.classList.remove("is-drawn");
  }

  private arrive(): void {
    this.underWay = false;
    this.draw();
  }

  private paint(): void {
    const map = this._map;
    const size = map.getSize();
    const brush = this.canvas.getContext("2d");
    if (!brush || !size.x) return;
    const ratio = Math.min(devicePixelRatio, 3);
    const width = size.x + 2 * MARGIN;
    const height = size.y + 2 * MARGIN;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([-MARGIN, -MARGIN]));
    brush.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
    const colours = readColours(map.getContainer());
    const taken = this.company.taken();
    const labels = this.arrange(brush, size, taken);
    for (const label of labels) this.write(brush, label, colours);
    this.streets?.letter(brush, {
      ...this.families, colours, area: areaOf(size), said: new Set(this.company.marked().map((place) => place.said).filter(Boolean)),
      taken: [...taken, ...edgeBoxes(size.x, size.y), ...labels.map(({ box }) => box)],
      window: { ...(map.getPixelBounds().min as L.Point), zoom: map.getZoom(), width: size.x, height: size.y },
    });
    this.canvas.classList.add("is-drawn");
  }

  private arrange(brush: CanvasRenderingContext2D, size: L.Point, taken: readonly ScreenBox[]): PlacedLabel<Wish>[] {
    const area = areaOf(size);
    const marked = this.company.marked();
    const { settlements } = this.shown;
    const townOf = new Map(marked.map((place) => [place, findTown(settlements, [place.lon, place.lat])]));
    const here = marked.filter(({ active, town, said }) => active && (!town || !said)).map((place) => townOf.get(place));
    const said = new Set(marked.map((place) => place.said));
    const own = this.company.named();
    // What the author's data name is not named once more.
    const called = new Set(own.map(({ name }) => name.toLowerCase()));
    const named = wishNames(this.shown, this._map.getZoom(), new Set(here))
      .filter(({ row, name }) => !called.has(name.toLowerCase()) && (!row || !said.has(name)));
    const wishes = this.locate([...own, ...named]).flatMap(({ x, y, spot: name }): Wish[] => {
      const text = name.lettering.upper ? name.name.toLocaleUpperCase() : name.name;
      const measure = () => this.measure(brush, text, name.lettering);
      const wish = {
        x, y, reach: name.reach ?? (name.dot ? name.dot + 1 : 0), claims: name.dot > 0, sides: name.sides, text, name, once: name.once ?? name,
        height: name.lettering.size * figures.labels.lineHeight,
        ...(name.air ? { air: name.air } : {}),
        // Measured only where there is room for the dot: measuring is what takes time.
        get width() { return measure(); },
      };
      // A town whose own dot has no room is named by the markers that stand in it; on a close map only by those beside it.
      const markers = name.row ? marked.filter((place) => townOf.get(place) === name.row && isLent(this._map.getZoom(), size, { x, y }, place)) : [];
      return [wish, ...markers.map((place) => ({
        ...wish, x: place.x, y: place.y, reach: place.reach, claims: false, name: { ...name, dot: 0 },
      }))];
    });
    return arrangeLabels(wishes, { taken: [...taken, ...edgeBoxes(size.x, size.y)], area, most: MOST });
  }

  /** Those that the canvas shows, with where. */
  private locate<Spot extends { lon: number; lat: number }>(spots: readonly Spot[]) {
    const centre = seenLongitude(this._map);
    const size = this._map.getSize();
    return spots.flatMap((spot) => {
      const { x, y } = this._map.latLngToContainerPoint([spot.lat, nearestCopy(spot.lon, centre)]);
      const seen = x >= -MARGIN && x <= size.x + MARGIN && y >= -MARGIN && y <= size.y + MARGIN;
      return seen ? [{ x, y, spot }] : [];
    });
  }

  private measure(brush: CanvasRenderingContext2D, text: string, lettering: Lettering): number {
    const key = `${lettering.font}${lettering.size.toFixed(1)}${lettering.family}${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.setFont(brush, lettering);
      width = brush.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }

  private write(brush: CanvasRenderingContext2D, { wish, box }: PlacedLabel<Wish>, colours: Colours): void {
    const { lettering, dot, capital } = wish.name;
    if (dot) {
      disc(brush, wish.x, wish.y, dot + 1.2, colours["label-halo"]);
      disc(brush, wish.x, wish.y, dot, colours.settlement);
      if (capital) disc(brush, wish.x, wish.y, dot - 1.3, colours["label-halo"]);
    }
    this.setFont(brush, lettering);
    brush.textBaseline = "middle";
    const x = box.left + figures.labels.air;
    const y = (box.top + box.bottom) / 2;
    brush.lineJoin = "round";
    brush.lineWidth = figures.names.halo;
    brush.strokeStyle = colours[lettering.halo];
    brush.strokeText(wish.text, x, y);
    brush.fillStyle = colours[lettering.colour];
    brush.fillText(wish.text, x, y);
  }

  private setFont(brush: CanvasRenderingContext2D, { font, size, family, spacing }: Lettering): void {
    brush.font = `${font} ${size.toFixed(1)}px ${this.families[family]}`;
    brush.letterSpacing = `${spacing}px`;
  }
}

function areaOf(size: L.Point): ScreenBox {
  return { left: -MARGIN, top: -MARGIN, right: size.x + MARGIN, bottom: size.y + MARGIN };
}

function disc(brush: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  brush.fillStyle = colour;
  brush.beginPath();
  brush.arc(x, y, Math.max(radius, 0), 0, 2 * Math.PI);
  brush.fill();
}
