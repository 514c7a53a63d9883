/** Areas of the author's data. */
import * as L from "leaflet";
import { DataLayer, type DataLayerData } from "./of-data";
import type { Runs } from "./shapes";

declare module "../contract" {
  interface Layers {
    areas: DataLayerData;
  }
}

export class AreasLayer extends DataLayer {
  protected override readonly kind = "areas";

  protected override draw(shape: Runs, turn: number, options: L.PathOptions): L.Path {
    // Simplified each for itself, neighbours would come apart.
    return L.polygon(shape.map((ring) => ring.map(([lon, lat]) => L.latLng(lat, lon + turn))), { ...options, smoothFactor: 0, noClip: true });
  }
}
