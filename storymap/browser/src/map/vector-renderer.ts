/**
 * Lines that look right while the map moves. Leaflet's SVG renderer stretches what was drawn at take-off, so this one
 * redraws in every frame of a flight; and Leaflet rounds points to whole pixels, on which a fine curve trembles.
 */
import * as L from "leaflet";

/** The parts of the renderer that Leaflet's types leave out. */
interface Redrawable {
  _reset(): void;
}

export class FlyingSvg extends L.SVG {
  _onZoom(): void {
    (this as unknown as Redrawable)._reset();
  }
}

export class FineLine extends L.Polyline {
  _projectLatlngs(latlngs: L.LatLng[] | L.LatLng[][], result: L.Point[][], bounds: L.Bounds): void {
    for (const run of isFlat(latlngs) ? [latlngs] : latlngs) {
      const origin = this._map.getPixelOrigin();
      const points = run.map((latlng) => this._map.project(latlng).subtract(origin));
      for (const point of points) bounds.extend(point);
      result.push(points);
    }
  }
}

function isFlat(latlngs: L.LatLng[] | L.LatLng[][]): latlngs is L.LatLng[] {
  return !Array.isArray(latlngs[0]);
}
