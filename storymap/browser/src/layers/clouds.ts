/** Points that are too many to be elements of the page, or are gathered into clusters: painted on a canvas. */
import * as L from "leaflet";
import Supercluster from "supercluster";
import type { DatasetData, LayersPayload, PaintData, Payload } from "../contract";
import { onPaletteChange } from "../basemap/colours";
import { boxAround, type ScreenBox } from "../labels/boxes";
import { Card } from "../map/card";
import type { Focus } from "../map/focus";
import { Hint } from "../map/hint";
import { SpotKeys, type Choice } from "../map/spot-keys";
import { MemberLayer } from "../map/scene";
import { listScenes } from "../map/scenes";
import { projectX, projectY, worldPixels } from "../views/mercator";
import { say } from "../page/words";
import { nameOf, tellFeature, textOf, type Shown } from "./features";
import type { DataLayerData } from "./of-data";
import { shapesOf } from "./shapes";

/** More points than this are not drawn one by one. */
const MOST_ELEMENTS = 1500;

/** Pixels within which points are gathered, and the zoom from which on they are not. */
const GATHERED = { radius: 56, maxZoom: 15 };

/** Pixels by which a finger may miss a point. */
const NEAR = 6;

const FINEST = 2;

/** How long clusters stay as they are while the map flies, in milliseconds. */
const PAUSE = 150;

/** A cluster of points of several colours. */
const MIXED: PaintData = { fill: "#5d554a", stroke: "#ffffff", width: 2, opacity: 0.9 };

/** How much of its size the canvas reaches beyond the map on each side. */
const BEYOND = 0.25;

/** A layer of points with where they are on the plane, the world being 1 wide. */
interface Cloud {
  layer: DataLayerData;
  data: DatasetData;
  numbers: readonly number[];
  x: Float64Array;
  y: Float64Array;
  index?: Supercluster<{ at: number }, object>;
}

/** A circle as it is painted: a point by its place among those of its layer, or a cluster by its id, of `count` points. */
interface Spot {
  cloud: Cloud;
  x: number;
  y: number;
  radius: number;
  at?: number;
  cluster?: number;
  count?: number;
}

type NamedSpot = Spot & Choice;

/** Those of a comparison are elements, however many there are, which can be cut off at its line. */
export function isCloud({ cluster, shown, side }: DataLayerData, { counts }: DatasetData): boolean {
  if (side) return false;
  return Boolean(cluster) || (shown?.length ?? counts.length) > MOST_ELEMENTS;
}

export class CloudLayer extends MemberLayer<Payload | LayersPayload> {
  private readonly canvas = document.createElement("canvas");
  private readonly known = new Map<DataLayerData, Cloud>();
  private clouds: Cloud[] = [];
  private clusters: Spot[] = [];
  private painted: { corner: L.LatLng; zoom: number } | undefined;
  private paintedAt = 0;
  private stopWatching: (() => void) | undefined;
  private hint: Hint | undefined;
  private card: Card | undefined;
  private keys: SpotKeys<NamedSpot> | undefined;
  private readonly count = new Intl.NumberFormat(document.documentElement.lang || "en", { notation: "compact" });

  override onAdd(map: L.Map): this {
    if (!map.getPane("data")) map.createPane("data").style.zIndex = "405";
    this.canvas.className = "data-cloud";
    this.canvas.setAttribute("aria-hidden", "true");
    map.getPane("data")?.append(this.canvas);
    this.card = Card.of(map, this.page.strings);
    this.hint = Hint.of(map);
    this.keys = new SpotKeys<NamedSpot>(map, { list: () => this.listNamed(), choose: (spot, element) => this.open(spot, element) });
    map.on("move", this.follow, this);
    map.on("moveend resize", this.paint, this);
    map.on("mousemove", this.point, this);
    map.on("click", this.choose, this);
    this.stopWatching = onPaletteChange(() => this.paint());
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("move", this.follow, this);
    map.off("moveend resize", this.paint, this);
    map.off("mousemove", this.point, this);
    map.off("click", this.choose, this);
    this.stopWatching?.();
    this.keys?.remove();
    this.canvas.remove();
    return super.onRemove(map);
  }

  /** Where clusters stand: no name lies across their numbers. */
  get occupied(): readonly ScreenBox[] {
    return this.clusters.map(({ x, y, radius }) => boxAround(x, y, radius * Math.SQRT1_2));
  }

  update({ scene }: Focus): void {
    const datasets = "data" in this.page ? (this.page.data ?? []) : [];
    const before = this.clouds;
    this.clouds = (listScenes(this.page)[scene]?.layers ?? []).flatMap((layer) => {
      const data = layer.kind === "points" ? datasets[layer.data] : undefined;
      return layer.kind === "points" && data && isCloud(layer, data) ? [this.gather(layer, data)] : [];
    });
    if (before.length === this.clouds.length && before.every((cloud, at) => cloud === this.clouds[at])) return;
    this.hint?.hide();
    this.paint();
  }

  private gather(layer: DataLayerData, data: DatasetData): Cloud {
    let cloud = this.known.get(layer);
    if (cloud) return cloud;
    const shapes = shapesOf(data, this.page);
    const numbers = layer.shown ?? shapes.map((_, number) => number);
    const points = numbers.map((number) => shapes[number]?.[0]?.[0] ?? [0, 0]);
    const x = Float64Array.from(points, ([lon]) => projectX(lon ?? 0));
    const y = Float64Array.from(points, ([, lat]) => projectY(lat ?? 0));
    cloud = { layer, data, numbers, x, y };
    if (layer.cluster) {
      cloud.index = new Supercluster<{ at: number }, object>(GATHERED).load(
        points.map(([lon = 0, lat = 0], at) => ({
          type: "Feature", properties: { at }, geometry: { type: "Point", coordinates: [lon, lat] },
        })),
      );
    }
    this.known.set(layer, cloud);
    return cloud;
  }

  /** On the way what was painted is pushed and stretched along; clusters are gathered anew now and then. */
  private follow(): void {
    if (this.clouds.length === 0 || !this.painted) return;
    const isDue = performance.now() - this.paintedAt > PAUSE;
    if (isDue && Math.floor(this.painted.zoom) !== Math.floor(this._map.getZoom()) && this.clouds.every(({ index }) => index)) {
      return this.paint();
    }
    const { corner, zoom } = this.painted;
    const scale = this._map.getZoomScale(this._map.getZoom(), zoom);
    L.DomUtil.setTransform(this.canvas, this._map.latLngToLayerPoint(corner), scale);
  }

  private paint(): void {
    const map = this._map;
    const size = map?.getSize();
    const brush = this.canvas.getContext("2d");
    this.canvas.hidden = this.clouds.length === 0;
    if (this.canvas.hidden) this.keys?.hide();
    if (!size?.x || !brush || this.canvas.hidden) return;
    const ratio = Math.min(devicePixelRatio, FINEST);
    const beyond = size.multiplyBy(BEYOND).floor();
    const [width, height] = [size.x + 2 * beyond.x, size.y + 2 * beyond.y];
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    brush.setTransform(ratio, 0, 0, ratio, beyond.x * ratio, beyond.y * ratio);
    brush.clearRect(-beyond.x, -beyond.y, width, height);
    const corner = map.containerPointToLatLng(beyond.multiplyBy(-1));
    this.paintedAt = performance.now();
    this.painted = { corner, zoom: map.getZoom() };
    L.DomUtil.setTransform(this.canvas, map.latLngToLayerPoint(corner), 1);
    this.clusters = [];
    for (const cloud of this.clouds) {
      if (cloud.index) this.paintClusters(brush, cloud, beyond);
      else this.paintPoints(brush, cloud, beyond);
    }
    if (this.clouds.some(isTold)) this.keys?.settle();
    else this.keys?.hide();
  }

  /** The circles that tell something, each with its name. */
  private *listNamed(): Iterable<NamedSpot> {
    const number = new Intl.NumberFormat(document.documentElement.lang || "en");
    for (const spot of this.listSpots()) {
      if (!isTold(spot.cloud)) continue;
      const shown = showOf(spot);
      const name = shown ? nameOf(shown) : say(this.page.strings, "points_gathered", { count: number.format(spot.count ?? 0) });
      yield { ...spot, name };
    }
  }

  /** Every circle, where it is on the map in each turn of the world. */
  private *listSpots(): Iterable<Spot> {
    yield* this.clusters;
    const { turns, locate } = this.plane();
    for (const cloud of this.clouds) {
      if (cloud.index) continue;
      for (let at = 0; at < cloud.x.length; at++) {
        for (const turn of turns) {
          const [x, y] = locate((cloud.x[at] ?? 0) + turn, cloud.y[at] ?? 0);
          yield { cloud, at, x, y, radius: cloud.layer.radii?.[at] ?? 4 };
        }
      }
    }
  }

  private paintPoints(brush: CanvasRenderingContext2D, cloud: Cloud, beyond: L.Point): void {
    const { layer, x, y } = cloud;
    const size = this._map.getSize();
    const { turns, locate } = this.plane();
    layer.paints.forEach((paint, number) => {
      brush.beginPath();
      for (let at = 0; at < x.length; at++) {
        if (parseInt(layer.classes[at] ?? "0", 36) !== number) continue;
        const radius = layer.radii?.[at] ?? 4;
        for (const turn of turns) {
          const [left, top] = locate((x[at] ?? 0) + turn, y[at] ?? 0);
          if (left < -beyond.x || left > size.x + beyond.x || top < -beyond.y || top > size.y + beyond.y) continue;
          brush.moveTo(left + radius, top);
          brush.arc(left, top, radius, 0, 2 * Math.PI);
        }
      }
      fill(brush, paint);
    });
    brush.globalAlpha = 1;
  }

  private paintClusters(brush: CanvasRenderingContext2D, cloud: Cloud, beyond: L.Point): void {
    const { layer, index } = cloud;
    const map = this._map;
    const size = map.getSize();
    const [first, last] = [map.containerPointToLatLng(beyond.multiplyBy(-1)), map.containerPointToLatLng(size.add(beyond))];
    const { turns, locate } = this.plane();
    const seen = index?.getClusters([Math.max(-180, first.lng), last.lat, Math.min(180, last.lng), first.lat], Math.floor(map.getZoom()));
    const gathered = (layer.paints.length === 1 ? layer.paints[0] : undefined) ?? MIXED;
    const countOf = (each: object) => ("point_count" in each ? Number(each.point_count) : 0);
    // The smaller lie above, so that none is hidden.
    seen?.sort((a, b) => countOf(b.properties) - countOf(a.properties));
    for (const { geometry, properties } of seen ?? []) {
      const [lon = 0, lat = 0] = geometry.coordinates;
      for (const turn of turns) {
        const [x, y] = locate(projectX(lon) + turn, projectY(lat));
        const spot: Spot = { cloud, x, y, radius: 4 };
        brush.beginPath();
        if ("cluster_id" in properties) {
          const count = (properties as Supercluster.ClusterProperties).point_count;
          spot.cluster = (properties as Supercluster.ClusterProperties).cluster_id;
          spot.count = count;
          spot.radius = 8 + 1.6 * Math.log2(count);
          brush.arc(x, y, spot.radius, 0, 2 * Math.PI);
          const paint: PaintData = { ...gathered, width: 2 };
          fill(brush, paint);
          brush.globalAlpha = 1;
          brush.fillStyle = isLight(paint.fill) ? "#1f1b16" : "#ffffff";
          brush.font = "600 12px system-ui, sans-serif";
          brush.textAlign = "center";
          brush.textBaseline = "middle";
          brush.fillText(this.count.format(count), x, y + 0.5);
        } else {
          spot.at = (properties as { at: number }).at;
          spot.radius = layer.radii?.[spot.at] ?? 4;
          brush.arc(x, y, spot.radius, 0, 2 * Math.PI);
          const paint = layer.paints[parseInt(layer.classes[spot.at] ?? "0", 36)];
          if (paint) fill(brush, paint);
        }
        this.clusters.push(spot);
      }
    }
    brush.globalAlpha = 1;
  }

  /** Where a point of the plane is on the map, and the turns of the world that it shows. */
  private plane() {
    const map = this._map;
    const scale = worldPixels(map.getZoom());
    const corner = map.containerPointToLatLng([0, 0]);
    const [west, north] = [projectX(corner.lng), projectY(corner.lat)];
    const east = west + map.getSize().x / scale;
    const turns: number[] = [];
    for (let turn = Math.ceil(west - 1); turn <= Math.floor(east); turn++) turns.push(turn);
    return { turns, locate: (x: number, y: number): [number, number] => [(x - west) * scale, (y - north) * scale] };
  }

  /** The uppermost circle at a pixel of the map. */
  private find({ x, y }: L.Point): Spot | undefined {
    const hits = (spot: Spot) => Math.hypot(spot.x - x, spot.y - y) <= spot.radius + NEAR / 2;
    const spot = [...this.clusters].reverse().find(hits);
    if (spot) return spot;
    const { turns, locate } = this.plane();
    for (const cloud of this.clouds) {
      if (cloud.index) continue;
      for (let at = cloud.x.length - 1; at >= 0; at--) {
        for (const turn of turns) {
          const [left, top] = locate((cloud.x[at] ?? 0) + turn, cloud.y[at] ?? 0);
          const found = { cloud, at, x: left, y: top, radius: cloud.layer.radii?.[at] ?? 4 };
          if (hits(found)) return found;
        }
      }
    }
    return undefined;
  }

  private point({ originalEvent, containerPoint }: L.LeafletMouseEvent): void {
    if (this.clouds.length === 0) return;
    const spot = this.find(containerPoint);
    const shown = spot && showOf(spot);
    this._map.getContainer().classList.toggle("is-over-point", spot?.cluster !== undefined || Boolean(shown?.layer.popup));
    const text = shown?.layer.tooltip === undefined ? "" : textOf(shown, shown.layer.tooltip);
    if (text) this.hint?.show(text, originalEvent.clientX, originalEvent.clientY);
    else this.hint?.hide();
  }

  private choose({ containerPoint }: L.LeafletMouseEvent): void {
    if (this.clouds.length === 0) return;
    const spot = this.find(containerPoint);
    if (spot) this.open(spot);
  }

  /** Comes closer to a cluster; tells of a point, which `element` stands for on the page, if any does. */
  private open(spot: Spot, element?: HTMLElement): void {
    const at = this._map.containerPointToLatLng([spot.x, spot.y]);
    if (spot.cluster !== undefined) {
      this._map.setView(at, Math.min(spot.cloud.index?.getClusterExpansionZoom(spot.cluster) ?? 0, this._map.getMaxZoom()));
      return;
    }
    const shown = showOf(spot);
    const content = shown?.layer.popup && tellFeature(shown, this.page.strings);
    if (shown && content) this.card?.open(content, at, { name: nameOf(shown), ...(element ? { element } : {}) });
  }
}

/** Whether a reader learns anything from a layer's circles. */
function isTold({ layer, index }: Cloud): boolean {
  return Boolean(index) || Boolean(layer.popup) || layer.tooltip !== undefined || layer.label !== undefined;
}

function showOf({ cloud: { layer, data, numbers }, at }: Spot): Shown | undefined {
  return at === undefined ? undefined : { layer, data, number: numbers[at] ?? 0, at };
}

function fill(brush: CanvasRenderingContext2D, { fill: color, stroke, width, opacity }: PaintData): void {
  brush.globalAlpha = opacity;
  if (color) {
    brush.fillStyle = color;
    brush.fill();
  }
  if (stroke && width) {
    brush.strokeStyle = stroke;
    brush.lineWidth = width;
    brush.stroke();
  }
}

/** Whether dark letters are read more easily on a colour, `#rrggbb`, than light ones. */
function isLight(color = "#000000"): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150;
}
