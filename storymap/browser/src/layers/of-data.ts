/** Areas, lines and points of the author's data: drawn once for a page, shown and coloured as the scene says. */
import * as L from "leaflet";
import type { DatasetData, KeyData, LayersPayload, PaintData, Payload, Side } from "../contract";
import { boxAround, type ScreenBox } from "../labels/boxes";
import { Card } from "../map/card";
import { FeatureKeys } from "../map/feature-keys";
import type { Focus } from "../map/focus";
import { Hint } from "../map/hint";
import { MemberLayer } from "../map/scene";
import { listScenes } from "../map/scenes";
import { takeSide } from "../map/sides";
import { FlyingSvg, StretchedSvg } from "../map/vector-renderer";
import type { NameWish } from "../labels/wishes";
import { isCloud } from "./clouds";
import { nameOf, tellFeature, textOf, wishNames, type Shown } from "./features";
import { shapesOf, type Runs } from "./shapes";

export interface PopupData {
  columns?: number[];
  html?: string[];
}

/** The kinds of features of a dataset. */
export type DataKind = "areas" | "lines" | "points";

export interface DataLayerData {
  kind: DataKind;
  data: number;
  shown?: number[];
  classes: string;
  paints: PaintData[];
  radii?: number[];
  keys: KeyData[];
  label?: number;
  tooltip?: number;
  popup?: PopupData;
  cluster?: true;
  side?: Side;
}

/** A feature as it is drawn in one turn of the world. */
interface Drawn {
  path: L.Path;
}

/** Characters of packed outlines from which on they are not drawn anew on each step of a flight. */
const HEAVY = 20_000;

/** More circles than this cannot all be kept free of names. */
const MOST_SPARED = 300;

export abstract class DataLayer extends MemberLayer<Payload | LayersPayload> {
  /** By dataset, layer and number, the feature in every turn of the world that was seen. */
  private readonly drawn = new Map<string, Drawn>();
  private readonly shown = new Map<Element, Shown>();
  private readonly drawnBy = new Map<Element, Drawn>();
  private renderer: FlyingSvg | undefined;
  private focus: Focus | undefined;
  private hint: Hint | undefined;
  private card: Card | undefined;
  private keys: FeatureKeys | undefined;
  private wishes: readonly NameWish[] = [];
  protected abstract readonly kind: DataKind;

  /** The feature as Leaflet draws it, so many degrees further east. */
  protected abstract draw(shape: Runs, turn: number, options: L.PathOptions): L.Path;

  override onAdd(map: L.Map): this {
    if (!map.getPane("data")) map.createPane("data").style.zIndex = "405";
    const datasets = "data" in this.page ? (this.page.data ?? []) : [];
    const isHeavy = datasets.some(({ arcs }) => arcs.length > HEAVY);
    this.renderer = new (isHeavy ? StretchedSvg : FlyingSvg)({ pane: "data", padding: 0.2 });
    this.card = Card.of(map, this.page.strings);
    this.hint = Hint.of(map);
    map.on("moveend", this.follow, this);
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.follow, this);
    for (const { path } of this.drawn.values()) path.remove();
    this.drawn.clear();
    this.drawnBy.clear();
    this.shown.clear();
    this.keys = undefined;
    this.renderer?.remove();
    this.card?.close();
    return super.onRemove(map);
  }

  /** The names of the features that are shown. */
  get names(): readonly NameWish[] {
    return this.wishes;
  }

  /** Where circles of different sizes stand: no name lies across them. */
  get occupied(): readonly ScreenBox[] {
    if (this.kind !== "points") return [];
    const sized = [...this.shown].filter(([, { layer }]) => layer.radii && layer.radii.length < MOST_SPARED);
    return sized.flatMap(([element]) => {
      const path = this.drawnBy.get(element)?.path;
      if (!(path instanceof L.CircleMarker)) return [];
      const { x, y } = this._map.latLngToContainerPoint(path.getLatLng());
      return [boxAround(x, y, path.getRadius() * Math.SQRT1_2)];
    });
  }

  update(focus: Focus): void {
    if (focus.scene !== this.focus?.scene) this.card?.close();
    this.focus = focus;
    const layers = this.listLayers();
    if (layers.length === 0 && this.drawn.size === 0) return;
    this.wishes = layers.flatMap(({ layer, data }) => wishNames(layer, data));
    this.show(layers);
  }

  private follow(): void {
    if (this.focus) this.show(this.listLayers());
  }

  /** The layers of this kind that the scene shows, with their data; `id` is the same from scene to scene. */
  private listLayers(): { layer: DataLayerData; data: DatasetData; id: string }[] {
    const { page } = this;
    const datasets = "data" in page ? page.data : undefined;
    const uses = new Map<number, number>();
    return (listScenes(page)[this.focus?.scene ?? 0]?.layers ?? []).flatMap((layer) => {
      if (layer.kind !== this.kind) return [];
      const data = datasets?.[(layer as DataLayerData).data];
      if (data && layer.kind === "points" && isCloud(layer, data)) return [];
      const use = uses.get((layer as DataLayerData).data) ?? 0;
      uses.set((layer as DataLayerData).data, use + 1);
      return data ? [{ layer: layer as DataLayerData, data, id: `${(layer as DataLayerData).data}/${use}` }] : [];
    });
  }

  private show(layers: readonly { layer: DataLayerData; data: DatasetData; id: string }[]): void {
    const turns = this.listTurns();
    const order: Drawn[] = [];
    this.shown.clear();
    for (const { layer, data, id } of layers) {
      const shapes = shapesOf(data, this.page);
      const numbers = layer.shown ?? shapes.map((_, number) => number);
      for (const [at, number] of numbers.entries()) {
        const paint = layer.paints[parseInt(layer.classes[at] ?? "0", 36)];
        const shape = shapes[number];
        if (!paint || !shape?.length) continue;
        for (const turn of turns) {
          const drawn = this.find(`${id}/${number}/${turn}`, shape, turn);
          dress(drawn.path, paint, layer.radii?.[at]);
          order.push(drawn);
          const element = drawn.path.getElement();
          if (element) {
            this.shown.set(element, { layer, data, number, at });
            takeSide(element, layer.side);
          }
        }
      }
    }
    const kept = new Set(order);
    for (const each of this.drawn.values()) each.path.getElement()?.classList.toggle("is-hidden", !kept.has(each));
    stack(order.map(({ path }) => path.getElement()));
    this.listen();
  }

  private find(key: string, shape: Runs, turn: number): Drawn {
    let drawn = this.drawn.get(key);
    if (!drawn) {
      const options = { pane: "data", interactive: false, className: `data-${this.kind}` };
      const path = this.draw(shape, 360 * turn, { ...options, ...(this.renderer ? { renderer: this.renderer } : {}) });
      this.drawn.set(key, (drawn = { path: path.addTo(this._map) }));
      const element = path.getElement();
      if (element) this.drawnBy.set(element, drawn);
    }
    return drawn;
  }

  /** The turns of the world that the map shows, or would after a short drag. */
  private listTurns(): number[] {
    const seen = this._map.getBounds().pad(0.3);
    const first = Math.ceil((seen.getWest() - 180) / 360);
    const last = Math.floor((seen.getEast() + 180) / 360);
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, number) => first + number);
  }

  /** What of the features answers to the reader. */
  private listen(): void {
    const told = [...this.shown].filter(([, { layer }]) => layer.popup);
    for (const [element, { layer }] of this.shown) {
      element.classList.toggle("is-live", Boolean(layer.popup) || layer.tooltip !== undefined);
      element.classList.toggle("is-told", Boolean(layer.popup));
    }
    const container = (this.renderer as unknown as { _container?: SVGElement } | undefined)?._container;
    if (!container || !this.hint || !this.card) return;
    this.keys ??= new FeatureKeys(container, {
      choose: (element) => this.tell(element),
    });
    this.keys.offer(told.map(([element, shown]) => ({ element, name: nameOf(shown) })));
    this.hint.follow(container, (element) => {
      const shown = this.shown.get(element);
      return shown?.layer.tooltip === undefined ? "" : textOf(shown, shown.layer.tooltip);
    });
    this.card.answer(container, (element, at) => this.tell(element, at));
  }

  private tell(element: Element, at?: L.Point): void {
    const shown = this.shown.get(element);
    const path = this.drawnBy.get(element)?.path;
    if (!shown?.layer.popup || !path || !this.card) return;
    const content = tellFeature(shown, this.page.strings);
    const bounds = path instanceof L.CircleMarker ? undefined : (path as L.Polyline).getBounds();
    const middle = path instanceof L.CircleMarker ? path.getLatLng() : bounds?.getCenter();
    this.hint?.hide();
    if (content && middle) this.card.open(content, at ? this._map.containerPointToLatLng(at) : middle, { element, name: nameOf(shown) });
  }
}

/** Colours go over from one to the next in the time that the stylesheet says. */
function dress(path: L.Path, paint: PaintData, radius: number | undefined): void {
  const { fill, stroke, width, opacity, dash } = paint;
  path.setStyle({
    fill: fill !== undefined, stroke: stroke !== undefined && width > 0, weight: width, opacity, fillOpacity: opacity,
    dashArray: dash ? dash.join(" ") : "",
    ...(fill === undefined ? {} : { fillColor: fill }), ...(stroke === undefined ? {} : { color: stroke }),
  });
  if (path instanceof L.CircleMarker && radius !== undefined && radius !== path.getRadius()) path.setRadius(radius);
}

/** Puts elements into the order of a scene, the lowest first, where they are in another. */
function stack(elements: readonly (Element | undefined)[]): void {
  let above: Element | null = null;
  for (const element of [...elements].reverse()) {
    if (!element) continue;
    if (above && !(element.compareDocumentPosition(above) & Node.DOCUMENT_POSITION_FOLLOWING)) above.before(element);
    above = element;
  }
}
