/** The author's data on any map of Folium's: it stands there whatever else the map shows, with a key of its own. */
import * as L from "leaflet";
import type { LayersPayload } from "../contract";
import { AreasLayer } from "../layers/areas";
import { CloudLayer } from "../layers/clouds";
import { LinesLayer } from "../layers/lines";
import { PointsLayer } from "../layers/points";
import { readPayload } from "../page/payload";
import { explainScenes } from "./key";
import { Scene } from "./scene";

declare global {
  interface Window {
    /** The layers that the JSON element `id` tells of, as one. */
    storymapLayers(id: string): L.Layer;
  }
}

export class StandingLayers extends L.LayerGroup {
  private readonly scene = new Scene();
  private removeKey: (() => void) | undefined;

  constructor(private readonly page: LayersPayload) {
    super();
    for (const Kind of [AreasLayer, LinesLayer, CloudLayer, PointsLayer]) this.addLayer(new Kind(page, this.scene));
    void this.scene.begin(() => undefined);
  }

  static read(this: void, id: string): StandingLayers {
    return new StandingLayers(readPayload<LayersPayload>(id));
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    this.removeKey = explainScenes(map, this.page, this.scene);
    return this;
  }

  override onRemove(map: L.Map): this {
    this.removeKey?.();
    return super.onRemove(map);
  }
}
