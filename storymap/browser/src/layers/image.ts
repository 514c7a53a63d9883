/** Pictures that lie on the ground: each fades in at its step, and a slider says how strongly it is seen. */
import * as L from "leaflet";
import type { ImageData } from "../contract";
import type { Focus } from "../map/focus";
import { StrengthControl } from "../map/strength";
import { MemberLayer } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";

export class ImageLayer extends MemberLayer {
  /** By address and place, every picture that was shown. */
  private readonly overlays = new Map<string, L.ImageOverlay>();
  private shown: { data: ImageData; overlay: L.ImageOverlay } | undefined;
  private slider: StrengthControl | undefined;

  override onAdd(map: L.Map): this {
    map.createPane("image").style.zIndex = "402";
    this.slider = new StrengthControl(this.page.strings, (share) => this.shown?.overlay.setOpacity(share));
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const overlay of this.overlays.values()) overlay.remove();
    this.slider?.remove();
    this.overlays.clear();
    this.shown = undefined;
    return super.onRemove(map);
  }

  update({ scene }: Focus): void {
    const data = findLayer(listScenes(this.page)[scene], "image");
    if (data === this.shown?.data) return;
    const before = this.shown?.overlay;
    const overlay = data && this.find(data);
    this.shown = data && overlay ? { data, overlay } : undefined;
    if (before && before !== overlay) before.setOpacity(0);
    if (data && overlay) {
      overlay.setOpacity(data.opacity);
      this.slider?.show(this._map, data.title, data.opacity);
    } else this.slider?.remove();
  }

  private find(data: ImageData): L.ImageOverlay {
    const key = [data.url, ...data.bounds].join(" ");
    let overlay = this.overlays.get(key);
    if (!overlay) {
      const [west, south, east, north] = data.bounds;
      overlay = L.imageOverlay(data.url, [[south, west], [north, east]], {
        pane: "image", className: "ground-image", opacity: 0, interactive: false, alt: "",
      }).addTo(this._map);
      this.overlays.set(key, overlay);
      void overlay.getElement()?.offsetWidth; // the fade begins from nothing
    }
    return overlay;
  }
}
