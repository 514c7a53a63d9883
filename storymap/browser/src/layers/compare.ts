/** Two pictures or layers of the author's, one on each side of a line that the reader moves. */
import type * as L from "leaflet";
import { Divider } from "../map/divider";
import type { Focus } from "../map/focus";
import { MemberLayer } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";
import { Sides } from "../map/sides";

export interface CompareData {
  kind: "compare";
  left: string;
  right: string;
}

declare module "../contract" {
  interface Layers {
    compare: CompareData;
  }
}

export class CompareLayer extends MemberLayer {
  private sides: Sides | undefined;
  private divider: Divider | undefined;
  private shown: unknown;

  override onAdd(map: L.Map): this {
    const sides = (this.sides = new Sides(map));
    this.divider = new Divider(map, this.page.strings, (x) => sides.cut(x));
    map.on("move zoom viewreset resize moveend", this.follow, this);
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("move zoom viewreset resize moveend", this.follow, this);
    this.divider?.remove();
    this.sides?.remove();
    return super.onRemove(map);
  }

  update({ scene }: Focus): void {
    const data = findLayer(listScenes(this.page)[scene], "compare");
    if (data === this.shown) return;
    this.shown = data;
    if (data) this.divider?.show(data.left, data.right);
    else this.divider?.hide();
  }

  private follow(): void {
    this.divider?.stay();
  }
}
