/** Points of the author's data, as circles. */
import type { Geometry } from "geojson";
import type * as L from "leaflet";
import type { DataLayerData } from "../contract";
import { DataLayer, drawShape } from "./of-data";

export class PointsLayer extends DataLayer {
  protected override readonly kind = "points";

  protected override draw(shape: Geometry, turn: number, options: L.PathOptions): L.Path[] {
    return drawShape(shape, turn, options);
  }

  protected override style(layer: DataLayerData, at: number): L.PathOptions {
    return { fillColor: layer.colors[layer.classes[at] ?? 0] ?? "", fill: true, color: "#fff", weight: layer.width };
  }
}
