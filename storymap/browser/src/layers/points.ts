/** Points of the author's data, as circles. */
import * as L from "leaflet";
import { DataLayer, type DataLayerData } from "./of-data";
import type { Runs } from "./shapes";

declare module "../contract" {
  interface Layers {
    points: DataLayerData;
  }
}

export class PointsLayer extends DataLayer {
  protected override readonly kind = "points";

  protected override draw(shape: Runs, turn: number, options: L.PathOptions): L.Path {
    const [lon, lat] = shape[0]?.[0] ?? [0, 0];
    return L.circleMarker([lat, lon + turn], options);
  }
}
