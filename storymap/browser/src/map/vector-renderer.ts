/**
 * Lines that look right while the map moves. Leaflet's SVG renderer stretches what was drawn at take-off, so this one
 * redraws on a flight before that is seen; and Leaflet rounds points to whole pixels, on which a fine curve trembles.
 */
import * as L from "leaflet";

/** How far a drawing may be stretched before it is redrawn: a line of 3 pixels is then a third of one bolder. */
const STRETCH = 1.12;

/** The parts of the renderer that Leaflet's types leave out. */
interface Insides {
  /** What was drawn last. */
  _center: L.LatLng;
  _zoom: number;
  _reset(): void;
  _updateTransform(center: L.LatLng, zoom: number): void;
}

interface DrawnPath {
  _path: SVGPathElement;
  _drawn?: string;
}

export class FlyingSvg extends L.SVG {
  /** How far what was drawn may be stretched. */
  protected stretch = STRETCH;

  /** A drawing that is no picture of its own: what it shows is told in words, and what can be chosen in it has a name. */
  _initContainer(): void {
    const parent = L.SVG.prototype as unknown as { _initContainer(): void };
    parent._initContainer.call(this);
    (this as unknown as { _container: SVGElement })._container.setAttribute("role", "none");
  }

  _onZoom(): void {
    const insides = this as unknown as Insides;
    if (this.reaches(insides)) insides._updateTransform(this._map.getCenter(), this._map.getZoom());
    else insides._reset();
  }

  /** Most lines are off the map, where all paths are alike. */
  _setPath(layer: DrawnPath, path: string): void {
    if (path === layer._drawn) return;
    layer._drawn = path;
    layer._path.setAttribute("d", path);
  }

  /** Whether all is drawn, however far beyond the map. */
  protected spares(): boolean {
    return false;
  }

  /** Whether what was drawn last still fills the map when it is laid over what is seen now. */
  private reaches({ _center, _zoom }: Insides): boolean {
    const map = this._map;
    const zoom = map.getZoom();
    const stretch = map.getZoomScale(zoom, _zoom);
    if (stretch > this.stretch || stretch < 1 / this.stretch) return false;
    if (this.spares()) return true;
    const spare = map.getSize().multiplyBy((0.5 + (this.options.padding ?? 0)) * stretch - 0.5);
    const away = map.project(_center, zoom).subtract(map.project(map.getCenter(), zoom));
    return Math.abs(away.x) < spare.x && Math.abs(away.y) < spare.y;
  }
}

/**
 * For drawings of more points than can be redrawn on the way: those are stretched as they are, until the map rests. What
 * is drawn has to reach beyond the map for that, whole, so that it is there when the map draws back.
 */
export class StretchedSvg extends FlyingSvg {
  protected override stretch = 64;

  protected override spares(): boolean {
    return true;
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
