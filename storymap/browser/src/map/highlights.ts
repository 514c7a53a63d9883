/** The countries that the current step fills. The drawn map paints them, under its borders and waters; this turns it on. */
import * as L from "leaflet";
import type { Payload } from "../contract";
import { sceneOf } from "./scene";

export class HighlightLayer extends L.Layer {
  constructor(private readonly payload: Payload) {
    super();
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    scene.highlights = (step) => this.payload.steps[step]?.highlight ?? [];
    scene.refresh();
    return this;
  }

  override onRemove(map: L.Map): this {
    const scene = sceneOf(map);
    scene.highlights = undefined;
    scene.refresh();
    return this;
  }
}
