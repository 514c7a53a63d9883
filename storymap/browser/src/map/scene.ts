/** What stands on one map, and what it shows at the moment: the layers find one another here. */
import * as L from "leaflet";
import { giveWay, waitForLeisure } from "../give-way";
import type { BasemapLayer } from "../basemap/layer";
import type { LabelLayer, Marked } from "../labels/layer";
import type { ScreenBox } from "../labels/boxes";
import type { Focus } from "./focus";

/** A layer that looks different at each step. */
interface Follower {
  update(focus: Focus): void;
}

type Events = Pick<L.Evented, "on">;

/** What says where no name of the map may stand. */
interface Occupant extends Follower, Events {
  readonly occupied: readonly ScreenBox[];
}

export class Scene {
  basemap?: BasemapLayer;
  labels?: LabelLayer;
  markers?: Occupant & { readonly marked: readonly Marked[]; point(place: number): void };
  routes?: Occupant;
  shapes?: Follower;
  /** Set where the page fills countries; without it the basemap fills none. */
  highlights: ((step: number) => readonly string[]) | undefined;
  private begun = false;
  focus: Focus = { step: 0, story: null, aside: [] };

  turnTo(change: Partial<Focus>): void {
    this.focus = { ...this.focus, ...change };
    this.refresh();
  }

  /**
   * The map has its view; from now on its layers draw. Before, they would draw for a view that is given up at once. They
   * do so one after another, so that a slow phone answers in between; `drawn` is called when the map is there.
   */
  async begin(drawn: () => void): Promise<void> {
    this.begun = true;
    for (const draw of this.layers()) {
      await giveWay();
      draw();
    }
    await giveWay();
    await this.basemap?.open();
    drawn();
    await giveWay();
    this.labels?.open();
    await waitForLeisure();
    await this.basemap?.prepare();
  }

  refresh(): void {
    if (!this.begun) return;
    for (const draw of this.layers()) draw();
    this.labels?.draw();
  }

  /** What each layer does when the focus has changed, the lowest first. */
  private layers(): (() => void)[] {
    return [
      () => this.basemap?.highlight(this.highlights?.(this.focus.step) ?? []),
      () => this.shapes?.update(this.focus),
      () => this.routes?.update(this.focus),
      () => this.markers?.update(this.focus),
    ];
  }
}

const scenes = new WeakMap<L.Map, Scene>();

export function sceneOf(map: L.Map): Scene {
  let scene = scenes.get(map);
  if (!scene) scenes.set(map, (scene = new Scene()));
  return scene;
}
