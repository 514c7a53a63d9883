/** Lines of the author's data. */
import type { Geometry } from "geojson";
import type * as L from "leaflet";
import type { DataLayerData } from "../contract";
import { DataLayer, drawShape } from "./of-data";

export class LinesLayer extends DataLayer {
  protected override readonly kind = "lines";

  protected override draw(shape: Geometry, turn: number, options: L.PathOptions): L.Path[] {
    return drawShape(shape, turn, options);
  }

  protected override style(layer: DataLayerData, at: number): L.PathOptions {
    return { color: layer.colors[layer.classes[at] ?? 0] ?? "", fill: false, weight: layer.width, dashArray: layer.dash ?? [] };
  }
}
