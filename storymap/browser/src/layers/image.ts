/** Pictures that lie on the ground: each fades in at its step, and a slider says how strongly it is seen. */
import * as L from "leaflet";
import type { ImageData } from "../contract";
import type { Focus } from "../map/focus";
import { StrengthControl } from "../map/strength";
import { MemberLayer } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";

export class ImageLayer extends MemberLayer {
  /** By address and place, every picture that was shown. */
  private readonly overlays = new Map<string, L.ImageOverlay[]>();
  private shown: { data: ImageData; copies: L.ImageOverlay[] } | undefined;
  private slider: StrengthControl | undefined;

  override onAdd(map: L.Map): this {
    map.createPane("image").style.zIndex = "402";
    this.slider = new StrengthControl(this.page.strings, (share) => setOpacity(this.shown?.copies, share));
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const overlay of [...this.overlays.values()].flat()) overlay.remove();
    this.slider?.remove();
    this.overlays.clear();
    this.shown = undefined;
    return super.onRemove(map);
  }

  update({ scene }: Focus): void {
    const data = findLayer(listScenes(this.page)[scene], "image");
    if (data === this.shown?.data) return;
    const before = this.shown?.copies;
    const copies = data && this.find(data);
    this.shown = data && copies ? { data, copies } : undefined;
    if (before !== copies) setOpacity(before, 0);
    if (data) {
      setOpacity(copies, data.opacity);
      this.slider?.show(this._map, data.title, data.opacity);
    } else this.slider?.remove();
  }

  /** The picture in every turn of the world that a map comes to. */
  private find(data: ImageData): L.ImageOverlay[] {
    const key = [data.url, ...data.bounds].join(" ");
    let copies = this.overlays.get(key);
    if (!copies) {
      const [west, south, east, north] = data.bounds;
      copies = TURNS.map((turn) => L.imageOverlay(data.url, [[south, west + turn], [north, east + turn]], {
        pane: "image", className: "ground-image", opacity: 0, interactive: false, alt: "",
      }).addTo(this._map));
      this.overlays.set(key, copies);
      for (const each of copies) void each.getElement()?.offsetWidth; // the fade begins from nothing
    }
    return copies;
  }
}

const TURNS = [-360, 0, 360];

function setOpacity(copies: readonly L.ImageOverlay[] | undefined, share: number): void {
  for (const each of copies ?? []) each.setOpacity(share);
}
