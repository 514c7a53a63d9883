/**
 * A grid of metres on a map that is closer than its ground is drawn, where there would be nothing to see how far things
 * lie apart: `storymap/drawing/metre_grid.py` draws the same on stills.
 */
import * as L from "leaflet";
import { projectX, projectY, unprojectX, unprojectY, widthAt, worldPixels } from "../views/mercator";
import { chooseStep } from "./step";
import { FlyingSvg } from "./vector-renderer";

/** Pixels that lines are apart at least. */
const APART = 90;

export class MetreGrid extends L.Layer {
  private lines: L.Polyline | undefined;

  override onAdd(map: L.Map): this {
    const pane = map.getPane("metres") ?? map.createPane("metres");
    pane.style.zIndex = "401";
    const renderer = new FlyingSvg({ pane: "metres", padding: 0.2 });
    this.lines = L.polyline([], { pane: "metres", renderer, className: "metre-grid", interactive: false }).addTo(map);
    map.on("moveend", this.draw, this);
    this.draw();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.draw, this);
    this.lines?.remove();
    return this;
  }

  private draw(): void {
    const map = this._map;
    const seen = map.getBounds().pad(0.5);
    // Of a latitude in tenths of a degree, so that the lines stay where they are while the map is moved.
    const world = widthAt(Math.round(map.getCenter().lat * 10) / 10);
    const step = chooseStep((APART / worldPixels(map.getZoom())) * world) / world;
    const [west, east] = [projectX(seen.getWest()), projectX(seen.getEast())];
    const [north, south] = [projectY(seen.getNorth()), projectY(seen.getSouth())];
    const lines: L.LatLngExpression[][] = [];
    for (let x = Math.ceil(west / step) * step; x < east; x += step) {
      lines.push([[seen.getNorth(), unprojectX(x)], [seen.getSouth(), unprojectX(x)]]);
    }
    for (let y = Math.ceil(north / step) * step; y < south; y += step) {
      lines.push([[unprojectY(y), seen.getWest()], [unprojectY(y), seen.getEast()]]);
    }
    this.lines?.setLatLngs(lines as L.LatLng[][]);
  }
}
