/** The lines between places: the leg into the current step is drawn, those before it stay behind quietly. */
import * as L from "leaflet";
import type { LegData, Payload, Point } from "../contract";
import { boxesAlong, type ScreenBox } from "../labels/boxes";
import { unpackRuns } from "./leg-runs";
import { chooseLegState, type LegState } from "./leg-state";
import type { Focus } from "./focus";
import { sceneOf } from "./scene";
import { FineLine, FlyingSvg } from "./vector-renderer";

interface DrawnLeg {
  leg: LegData;
  runs: Point[][];
  lines: L.Polyline[];
  state: LegState;
}

export class RouteLayer extends L.Layer {
  private drawn: DrawnLeg[] = [];
  /** Turns of the world that have their lines, and how far east and west of its middle these run. */
  private readonly turns = new Set<number>();
  private west = 0;
  private east = 0;
  private focus: Focus = { step: 0, story: null, aside: [] };
  private renderer: FlyingSvg | undefined;

  constructor(private readonly payload: Payload) {
    super();
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    scene.routes = this;
    this.focus = scene.focus;
    map.createPane("routes").style.zIndex = "420";
    this.renderer = new FlyingSvg({ pane: "routes", padding: 0.2 });
    map.on("move", this.follow, this);
    scene.refresh();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("move", this.follow, this);
    this.clear();
    this.renderer?.remove();
    return this;
  }

  /** Where the lines of the current step run, in pixels of the map. */
  get occupied(): ScreenBox[] {
    const map = this._map;
    const { x: width, y: height } = map.getSize();
    return this.drawn
      .filter(({ state }) => state === "active")
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
    if (this.drawn.length === 0) return this.draw();
    for (const each of this.drawn) {
      const state = chooseLegState(each.leg, focus);
      if (state === each.state) continue;
      each.state = state;
      dress(each);
    }
  }

  private draw(): void {
    this.drawn = this.payload.legs.map((leg) => ({
      leg, runs: unpackRuns(leg), lines: [], state: chooseLegState(leg, this.focus),
    }));
    for (const [lon] of this.drawn.flatMap(({ runs }) => runs.flat())) {
      this.west = Math.min(this.west, lon);
      this.east = Math.max(this.east, lon);
    }
    this.follow();
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
    const { leg, runs } = drawn;
    const latlngs = runs.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon + 360 * turn)));
    for (const className of ["leg-casing", "leg"]) {
      const line = new FineLine(latlngs, {
        className: `${className} is-${leg.style}`,
        pane: "routes",
        interactive: leg.story >= 0,
        smoothFactor: 0.4, // a great circle shows its corners sooner than a road does
        ...(this.renderer ? { renderer: this.renderer } : {}),
      });
      line.addTo(this._map);
      line.on("mouseover", () => this.fire("point", { story: leg.story }));
      line.on("mouseout", () => this.fire("point", { story: -1 }));
      line.on("click", () => this.fire("choose", { story: leg.story }));
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
