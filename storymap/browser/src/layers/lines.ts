/** Lines of the author's data. */
import * as L from "leaflet";
import { FineLine } from "../map/vector-renderer";
import { DataLayer, type DataLayerData } from "./of-data";
import type { Runs } from "./shapes";

declare module "../contract" {
  interface Layers {
    lines: DataLayerData;
  }
}

export class LinesLayer extends DataLayer {
  protected override readonly kind = "lines";

  protected override draw(shape: Runs, turn: number, options: L.PathOptions): L.Path {
    return new FineLine(shape.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon + turn))), { ...options, smoothFactor: 0.4, noClip: true });
  }
}
