/** The lines between places: the leg into the current step is drawn, those before it stay behind quietly. */
import * as L from "leaflet";
import type { Point } from "../contract";
import { boxesAlong, type ScreenBox } from "../labels/boxes";
import type { Focus } from "../map/focus";
import { EdgeCaptions } from "../map/edge-captions";
import { chooseLegState, unpackRuns, type LegState, type PackedRuns } from "../map/legs";
import { HOME, MemberLayer, sceneOf } from "../map/scene";
import { say } from "../page/words";
import { findLayer, isCrowded, listScenes } from "../map/scenes";
import { FineLine, FlyingSvg } from "../map/vector-renderer";

export interface LegData extends PackedRuns {
  style: "great-circle" | "straight" | "route";
}

export interface RouteData {
  kind: "route";
  legs: LegData[];
}

declare module "../contract" {
  interface Layers {
    route: RouteData;
  }
}

interface DrawnLeg {
  leg: LegData;
  /** The number of its scene. */
  scene: number;
  runs: Point[][];
  lines: L.Polyline[];
  state: LegState;
}

/** Degrees between the end of a line and the place that it leads to. */
const NEAR = 0.02;

export class RouteLayer extends MemberLayer {
  private drawn: DrawnLeg[] = [];
  /** Turns of the world that have their lines, and how far east and west of its middle these run. */
  private readonly turns = new Set<number>();
  private west = 0;
  private east = 0;
  private focus: Focus = HOME;
  private renderer: FlyingSvg | undefined;
  private captions: EdgeCaptions | undefined;

  override onAdd(map: L.Map): this {
    this.focus = sceneOf(map).focus;
    (map.getPane("routes") ?? map.createPane("routes")).style.zIndex = "420";
    this.renderer = new FlyingSvg({ pane: "routes", padding: 0.2 });
    map.on("move", this.follow, this);
    this.captions = new EdgeCaptions(map);
    map.on("movestart", this.captions.clear, this.captions);
    map.on("moveend", this.caption, this);
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("move", this.follow, this);
    map.off("moveend", this.caption, this);
    this.captions?.clear();
    this.clear();
    this.renderer?.remove();
    return super.onRemove(map);
  }

  /** Where the lines of the current step run, and what is written at their ends, in pixels of the map. */
  get occupied(): ScreenBox[] {
    return [...(this.captions?.boxes ?? []), ...this.lines];
  }

  get lines(): ScreenBox[] {
    const map = this._map;
    const { x: width, y: height } = map.getSize();
    const now = sceneOf(map).focus.scene;
    return this.drawn
      .filter(({ scene }) => this.look(scene, now) === "active")
      .flatMap(({ lines }) => lines)
      .flatMap((line) => line.getLatLngs() as L.LatLng[][])
      .flatMap((run) => {
        const points = run.map((latlng) => map.latLngToContainerPoint(latlng));
        const near = points.some(({ x, y }) => x > -width && x < 2 * width && y > -height && y < 2 * height);
        return near ? boxesAlong(points, 5) : [];
      })
      .filter(({ left, right, top, bottom }) => right > 0 && left < width && bottom > 0 && top < height);
  }

  update(focus: Focus): void {
    this.focus = focus;
    if (this.drawn.length === 0) this.draw();
    for (const each of this.drawn) {
      const state = this.look(each.scene);
      if (state === each.state) continue;
      each.state = state;
      dress(each);
    }
    this.caption();
  }

  /** Names where the lines of the current step lead that leave the map. */
  private caption(): void {
    this.captions?.clear();
    const nameOf = ([lon, lat]: Point) => {
      const place = this.page.places.find(({ at }) => Math.hypot(Math.abs(at[0] - lon) % 360, at[1] - lat) < NEAR);
      return place && say(this.page.strings, "towards", { name: place.name });
    };
    for (const { runs, state } of this.drawn) if (state === "active") this.captions?.add(runs.flat(), nameOf);
  }

  private draw(): void {
    this.drawn = listScenes(this.page).flatMap((data, scene) =>
      (findLayer(data, "route")?.legs ?? []).map((leg) => ({
        leg, scene, runs: unpackRuns(leg), lines: [], state: this.look(scene),
      })),
    );
    for (const [lon] of this.drawn.flatMap(({ runs }) => runs.flat())) {
      this.west = Math.min(this.west, lon);
      this.east = Math.max(this.east, lon);
    }
    this.follow();
  }

  private look(scene: number, now = this.focus.scene): LegState {
    return chooseLegState(scene, now, this.page.kind, isCrowded(this.page));
  }

  /** Draws the lines in every turn of the world that the map shows, or would after the reader's next step back. */
  private follow(): void {
    if (this.drawn.length === 0) return;
    const seen = this._map.getBounds().pad(0.5);
    const last = Math.floor((seen.getEast() - this.west) / 360);
    for (let turn = Math.ceil((seen.getWest() - this.east) / 360); turn <= last; turn++) {
      if (this.turns.has(turn)) continue;
      this.turns.add(turn);
      for (const each of this.drawn) this.drawIn(turn, each);
    }
  }

  private drawIn(turn: number, drawn: DrawnLeg): void {
    const { leg, scene, runs } = drawn;
    const stage = sceneOf(this._map);
    const latlngs = runs.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon + 360 * turn)));
    for (const className of ["leg-casing", "leg"]) {
      const line = new FineLine(latlngs, {
        className: `${className} is-${leg.style}`,
        pane: "routes",
        interactive: this.page.kind === "atlas",
        smoothFactor: 0.4, // a great circle shows its corners sooner than a road does
        ...(this.renderer ? { renderer: this.renderer } : {}),
      });
      line.addTo(this._map);
      line.on("mouseover", () => stage.tell("pointscene", scene));
      line.on("mouseout", () => stage.tell("pointscene", null));
      line.on("click", () => stage.tell("choosescene", scene));
      drawn.lines.push(line);
    }
    dress(drawn);
  }

  private clear(): void {
    for (const { lines } of this.drawn) for (const line of lines) line.remove();
    this.drawn = [];
    this.turns.clear();
  }
}

function dress({ lines, state }: DrawnLeg): void {
  for (const line of lines) {
    const path = line.getElement();
    // The stylesheet draws the line from its start to its end with dashes, in parts of this length.
    path?.setAttribute("pathLength", "1");
    for (const each of ["hidden", "quiet", "active"]) path?.classList.toggle(`is-${each}`, each === state);
    if (state === "active") line.bringToFront();
  }
}
