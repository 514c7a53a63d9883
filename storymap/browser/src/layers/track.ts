/** Recorded ways: the stage of the current step grows as the reader scrolls, those behind it stay, the way ahead is faint. */
import * as L from "leaflet";
import type { Point } from "../contract";
import { boxesAlong, type ScreenBox } from "../labels/boxes";
import type { Focus } from "../map/focus";
import { unpackRuns, type PackedRuns } from "../map/legs";
import { pointAlong } from "../map/along";
import { HOME, MemberLayer, sceneOf } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";
import { FineLine, FlyingSvg } from "../map/vector-renderer";

export interface TrackData extends PackedRuns {
  kind: "track";
  heights?: number[];
}

declare module "../contract" {
  interface Layers {
    track: TrackData;
  }
}

interface DrawnStage {
  /** The number of its scene. */
  scene: number;
  /** Its points in the turn of the world that they are drawn in. */
  runs: Point[][];
  data: TrackData;
  /** The whole of it, and over that what the reader has come to. */
  whole: L.Polyline;
  gone: L.Polyline;
}

export class TrackLayer extends MemberLayer {
  private stages: DrawnStage[] = [];
  private focus: Focus = HOME;
  private share = 0;
  private here: L.CircleMarker | undefined;
  private renderer: FlyingSvg | undefined;

  override onAdd(map: L.Map): this {
    this.focus = sceneOf(map).focus;
    map.on("moveend", this.follow, this);
    map.createPane("track").style.zIndex = "415";
    this.renderer = new FlyingSvg({ pane: "track", padding: 0.2 });
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const { whole, gone } of this.stages) for (const line of [whole, gone]) line.remove();
    map.off("moveend", this.follow, this);
    this.here?.remove();
    this.stages = [];
    this.renderer?.remove();
    return super.onRemove(map);
  }

  /** Where the way of the current step runs, in pixels of the map. */
  get occupied(): ScreenBox[] {
    const own = this.stages.find(({ scene }) => scene === this.focus.scene);
    if (!own) return [];
    const { x, y } = this._map.getSize();
    return own.runs
      .flatMap((run) => boxesAlong(run.map(([lon, lat]) => this._map.latLngToContainerPoint([lat, lon])), 5))
      .filter(({ left, right, top, bottom }) => right > 0 && left < x && bottom > 0 && top < y);
  }

  update(focus: Focus): void {
    this.focus = focus;
    if (this.stages.length === 0) this.draw();
    for (const stage of this.stages) {
      const { scene, whole, gone } = stage;
      this.turn(stage);
      const state = focus.scene === 0 || scene < focus.scene ? "behind" : scene === focus.scene ? "own" : "ahead";
      for (const line of [whole, gone]) {
        for (const each of ["behind", "own", "ahead"]) line.getElement()?.classList.toggle(`is-${each}`, each === state);
      }
      if (state === "own") for (const line of [whole, gone]) line.bringToFront();
    }
    this.advance(this.share);
  }

  /** The reader has come through so much of the step, from 0 to 1. */
  advance(share: number): void {
    this.share = share;
    const own = this.stages.find(({ scene }) => scene === this.focus.scene);
    const at = own && pointAlong(own.runs, share);
    if (!own || !at) {
      this.here?.remove();
      return;
    }
    own.gone.getElement()?.setAttribute("stroke-dasharray", `${share} 2`);
    this.here ??= L.circleMarker([0, 0], {
      className: "track-here", pane: "track", radius: 7, interactive: false, ...(this.renderer ? { renderer: this.renderer } : {}),
    });
    this.here.setLatLng([at[1], at[0]]).addTo(this._map).bringToFront();
    markProfile(own.scene, share, own.data.heights);
  }

  /** The map has come to another place, perhaps in another turn of the world. */
  private follow(): void {
    for (const stage of this.stages) this.turn(stage);
    this.advance(this.share);
  }

  /** Draws a stage in the turn of the world that is nearest to the middle of the map. */
  private turn(stage: DrawnStage): void {
    const lons = stage.runs.flat().map(([lon]) => lon);
    const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
    const turns = Math.round((this._map.getCenter().lng - middle) / 360);
    if (turns === 0) return;
    stage.runs = stage.runs.map((run) => run.map(([lon, lat]): Point => [lon + 360 * turns, lat]));
    const latlngs = stage.runs.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon)));
    stage.whole.setLatLngs(latlngs);
    stage.gone.setLatLngs(latlngs);
  }

  private draw(): void {
    const options = { pane: "track", interactive: false, smoothFactor: 0.4, ...(this.renderer ? { renderer: this.renderer } : {}) };
    this.stages = listScenes(this.page).flatMap((each, scene) => {
      const data = findLayer(each, "track");
      if (!data) return [];
      const runs = unpackRuns(data);
      const latlngs = runs.map((run) => run.map(([lon, lat]) => L.latLng(lat, lon)));
      const lay = (className: string) => {
        const line = new FineLine(latlngs, { ...options, className }).addTo(this._map);
        line.getElement()?.setAttribute("pathLength", "1");
        return line;
      };
      return [{ scene, runs, data, whole: lay("track-line"), gone: lay("track-line is-gone") }];
    });
  }
}

/** Shows on a step's elevation profile how far the reader has come. */
function markProfile(scene: number, share: number, heights: readonly number[] | undefined): void {
  const profile = document.querySelector<HTMLElement>(`[data-step="${scene}"] [data-profile]`);
  if (!profile || !heights) return;
  const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
  const height = heights[Math.round(share * (heights.length - 1))] ?? lowest;
  const span = Math.max(FLATTEST, highest - lowest);
  profile.style.setProperty("--gone", share.toFixed(4));
  profile.style.setProperty("--height", (0.08 + 0.84 * (0.5 + (height - (lowest + highest) / 2) / span)).toFixed(3));
}

/** As `storymap/drawing/profile.py` has it: metres that a profile is high at least. */
const FLATTEST = 60;
