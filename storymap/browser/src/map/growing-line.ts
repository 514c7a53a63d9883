/** A recorded way on the map: the whole of it, over that what the reader has come to, and a dot where that ends. */
import * as L from "leaflet";
import type { Point } from "../contract";
import { pointAlong } from "./along";
import { FineLine } from "./vector-renderer";

export class GrowingLine {
  private readonly lines: readonly L.Polyline[];
  private here: L.CircleMarker | undefined;

  /** `runs` are its points; all that is drawn has the class `name` with an ending of its own. Whole lines are drawn, of which shares are shown. */
  constructor(private readonly map: L.Map, private runs: Point[][], private readonly name: string, private readonly options: L.PolylineOptions) {
    const latlngs = this.locate();
    this.lines = [`${name}-line`, `${name}-line is-gone`].map((className) => {
      const line = new FineLine(latlngs, { ...options, interactive: false, noClip: true, smoothFactor: 0.4, className }).addTo(map);
      line.getElement()?.setAttribute("pathLength", "1");
      return line;
    });
  }

  get points(): readonly Point[][] {
    return this.runs;
  }

  /** Everything that is drawn of it. */
  get elements(): readonly Element[] {
    return [...this.lines, ...(this.here ? [this.here] : [])].flatMap((path) => path.getElement() ?? []);
  }

  mark(name: string, isSo: boolean): void {
    for (const line of this.lines) line.getElement()?.classList.toggle(name, isSo);
  }

  bringToFront(): void {
    for (const line of this.lines) line.bringToFront();
  }

  /** The reader has come through so much of it, from 0 to 1. */
  grow(share: number): void {
    const at = pointAlong(this.runs, share);
    if (!at) return;
    this.lines[1]?.getElement()?.setAttribute("stroke-dasharray", `${share} 2`);
    this.here ??= L.circleMarker([0, 0], { ...this.options, className: `${this.name}-here`, radius: 7, interactive: false });
    this.here.setLatLng([at[1], at[0]]).addTo(this.map).bringToFront();
  }

  /** Takes the dot away. */
  rest(): void {
    this.here?.remove();
  }

  /** Draws it in the turn of the world that is nearest to the middle of the map. */
  turn(): void {
    const lons = this.runs.flat().map(([lon]) => lon);
    const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
    const turns = Math.round((this.map.getCenter().lng - middle) / 360);
    if (turns === 0) return;
    this.runs = this.runs.map((run) => run.map(([lon, lat]): Point => [lon + 360 * turns, lat]));
    const latlngs = this.locate();
    for (const line of this.lines) line.setLatLngs(latlngs);
  }

  remove(): void {
    for (const line of this.lines) line.remove();
    this.here?.remove();
  }

  private locate(): L.LatLng[][] {
    return this.runs.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon)));
  }
}
