/** Pictures that lie on the ground: each fades in at its step, and a slider says how strongly it is seen. */
import * as L from "leaflet";
import type { Box, Payload, Side } from "../contract";
import type { Focus } from "../map/focus";
import { StrengthControl } from "../map/strength";
import { MemberLayer } from "../map/scene";
import { listScenes } from "../map/scenes";
import type { OwnTilesData, Run } from "../map/own-tiles";
import { findPane } from "../map/sides";

export interface ImageData {
  kind: "image";
  title: string;
  url: string;
  bounds: Box;
  opacity: number;
  side?: Side;
  /** Of one that was cut to tiles; which there are is told in the first scene that shows it. */
  tiles?: { side: number; runs?: readonly Run[]; files?: Record<string, string> };
}

type Overlay = L.ImageOverlay | L.GridLayer;

/** Makes the layer of a picture that was cut to tiles. */
type SheetMaker = (data: OwnTilesData, options: L.GridLayerOptions) => L.GridLayer;

declare module "../contract" {
  interface Layers {
    image: ImageData;
  }
}

export class ImageLayer extends MemberLayer {
  /** By address and place, every picture that was shown. */
  private readonly overlays = new Map<string, Overlay[]>();
  private shown: readonly ImageData[] = [];
  private slider: StrengthControl | undefined;

  /** Pages with pictures that were cut to tiles have what makes those. */
  constructor(page: Payload, private readonly makeSheet?: SheetMaker) {
    super(page);
  }

  override onAdd(map: L.Map): this {
    map.createPane("image").style.zIndex = "402";
    this.slider = new StrengthControl(this.page.strings, (share) => {
      for (const data of this.shown) if (!data.side) setOpacity(this.find(data), share);
    });
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const overlay of [...this.overlays.values()].flat()) overlay.remove();
    this.slider?.remove();
    this.overlays.clear();
    this.shown = [];
    return super.onRemove(map);
  }

  update({ scene }: Focus): void {
    const shown = (listScenes(this.page)[scene]?.layers ?? []).filter((layer) => layer.kind === "image");
    if (shown.length === this.shown.length && shown.every((data, number) => data === this.shown[number])) return;
    const wanted = new Map(shown.map((data) => [this.find(data), data.opacity]));
    for (const data of this.shown) if (!wanted.has(this.find(data))) setOpacity(this.find(data), 0);
    for (const [copies, opacity] of wanted) setOpacity(copies, opacity);
    this.shown = shown;
    const alone = shown.find(({ side }) => !side);
    if (alone) this.slider?.show(this._map, alone.title, alone.opacity);
    else this.slider?.remove();
  }

  /** The picture in every turn of the world that a map comes to. */
  private find(data: ImageData): Overlay[] {
    const key = [data.side, data.url, ...data.bounds].join(" ");
    let copies = this.overlays.get(key);
    if (!copies) {
      copies = data.tiles && this.makeSheet ? [this.makeTiles(data, data.tiles.side, this.makeSheet)] : this.makeImages(data);
      this.overlays.set(key, copies);
      for (const each of copies) void (each.addTo(this._map) as L.ImageOverlay).getElement?.()?.offsetWidth; // the fade begins from nothing
    }
    return copies;
  }

  private makeImages(data: ImageData): Overlay[] {
    const [west, south, east, north] = data.bounds;
    const pane = findPane(this._map, "image", data.side);
    return TURNS.map((turn) => L.imageOverlay(data.url, [[south, west + turn], [north, east + turn]], {
      pane, className: "ground-image", opacity: 0, interactive: false, alt: "",
    }));
  }

  private makeTiles(data: ImageData, side: number, makeSheet: SheetMaker): Overlay {
    const told = listScenes(this.page)
      .flatMap(({ layers }) => layers)
      .find((layer): layer is ImageData => layer.kind === "image" && layer.url === data.url && layer.tiles?.runs !== undefined)?.tiles;
    const options = { pane: findPane(this._map, "image", data.side), className: "ground-image", opacity: 0 };
    return makeSheet({ url: data.url, side, runs: [], ...told }, options);
  }
}

/** A map of the whole world may look at the Pacific from either side, and a wide one shows more than a turn. */
const TURNS = [-720, -360, 0, 360, 720];

function setOpacity(copies: readonly Overlay[], share: number): void {
  for (const each of copies) each.setOpacity(share);
}
