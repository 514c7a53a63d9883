/** The countries that a scene fills. The drawn map paints them, under its borders and waters; this turns it on. */
import type { Focus } from "../map/focus";
import { MemberLayer, sceneOf } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";

export interface HighlightData {
  kind: "highlight";
  countries: string[];
}

declare module "../contract" {
  interface Layers {
    highlight: HighlightData;
  }
}

export class HighlightLayer extends MemberLayer {
  update({ scene }: Focus): void {
    const layer = findLayer(listScenes(this.page)[scene], "highlight");
    sceneOf(this._map).basemap?.highlight(layer?.countries ?? []);
  }
}
