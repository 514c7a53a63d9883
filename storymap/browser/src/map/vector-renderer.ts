/** Leaflet's SVG renderer, redrawn in every frame of a flight: Leaflet's own stretches what was drawn at take-off. */
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
