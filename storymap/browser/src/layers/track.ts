/** Recorded ways: the stage of the current step grows as the reader scrolls, those behind it stay, the way ahead is faint. */
import type * as L from "leaflet";
import { boxesAlong, type ScreenBox } from "../labels/boxes";
import type { Focus } from "../map/focus";
import { unpackRuns, type PackedRuns } from "../map/legs";
import { GrowingLine } from "../map/growing-line";
import { HOME, MemberLayer, sceneOf } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";
import { FlyingSvg } from "../map/vector-renderer";

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
  line: GrowingLine;
  heights: readonly number[] | undefined;
}

export class TrackLayer extends MemberLayer {
  private stages: DrawnStage[] = [];
  private focus: Focus = HOME;
  private share = 0;
  private renderer: FlyingSvg | undefined;

  override onAdd(map: L.Map): this {
    this.focus = sceneOf(map).focus;
    map.on("moveend", this.follow, this);
    map.createPane("track").style.zIndex = "415";
    this.renderer = new FlyingSvg({ pane: "track", padding: 0.2 });
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const { line } of this.stages) line.remove();
    map.off("moveend", this.follow, this);
    this.stages = [];
    this.renderer?.remove();
    return super.onRemove(map);
  }

  get occupied(): ScreenBox[] {
    return this.lines;
  }

  /** Where the way of the current step runs, in pixels of the map. */
  get lines(): ScreenBox[] {
    const now = sceneOf(this._map).focus.scene;
    const own = this.stages.find(({ scene }) => scene === now);
    if (!own) return [];
    const { x, y } = this._map.getSize();
    return own.line.points
      .flatMap((run) => boxesAlong(run.map(([lon, lat]) => this._map.latLngToContainerPoint([lat, lon])), 5))
      .filter(({ left, right, top, bottom }) => right > 0 && left < x && bottom > 0 && top < y);
  }

  update(focus: Focus): void {
    this.focus = focus;
    if (this.stages.length === 0) this.draw();
    for (const { scene, line } of this.stages) {
      line.turn();
      const state = focus.scene === 0 || scene < focus.scene ? "behind" : scene === focus.scene ? "own" : "ahead";
      for (const each of ["behind", "own", "ahead"]) line.mark(`is-${each}`, each === state);
      if (state === "own") line.bringToFront();
    }
    this.advance(this.share);
  }

  /** The reader has come through so much of the step, from 0 to 1. */
  advance(share: number): void {
    this.share = share;
    for (const { scene, line, heights } of this.stages) {
      if (scene !== this.focus.scene) {
        line.rest();
        continue;
      }
      line.grow(share);
      markProfile(scene, share, heights);
    }
  }

  /** The map has come to another place, perhaps in another turn of the world. */
  private follow(): void {
    for (const { line } of this.stages) line.turn();
    this.advance(this.share);
  }

  private draw(): void {
    const options = { pane: "track", ...(this.renderer ? { renderer: this.renderer } : {}) };
    this.stages = listScenes(this.page).flatMap((each, scene) => {
      const data = findLayer(each, "track");
      return data ? [{ scene, line: new GrowingLine(this._map, unpackRuns(data), "track", options), heights: data.heights }] : [];
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
