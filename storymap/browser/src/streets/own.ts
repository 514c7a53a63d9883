/** What surrounds the place that the step is about: its building, filled, and names that come first. */
import { unpackArcs } from "../basemap/arcs";
import { placeInTurn, worldPixels } from "../views/mercator";
import type { WorldWindow } from "../basemap/window";
import { trace } from "./cells";
import type { Surroundings } from "./contract";

/** From this zoom on a building is more than a dot. */
const FIRST = 13.5;

export class OwnBuildings {
  private scene = 0;
  private readonly drawn: { path: Path2D; x: number; y: number; unitZoom: number; scenes: number[]; names: string[] }[];

  constructor(own: readonly Surroundings[]) {
    this.drawn = own.map(({ unitZoom, arcs, scenes, names }) => {
      const rings = unpackArcs(arcs, [0, 0]);
      const [x = 0, y = 0] = rings[0]?.[0] ?? [];
      const path = new Path2D();
      for (const ring of rings) {
        trace(path, ring.map(([px, py]) => [px - x, py - y] as const));
        path.closePath();
      }
      return { path, x, y, unitZoom, scenes, names };
    });
  }

  /** Whether another is filled in `scene` than before. */
  turnTo(scene: number): boolean {
    const before = this.list();
    this.scene = scene;
    const now = this.list();
    return before.length !== now.length || before.some((each, index) => each !== now[index]);
  }

  /** The names of what surrounds the place. */
  get names(): ReadonlySet<string> {
    return new Set(this.list().flatMap(({ names }) => names));
  }

  paint(brush: CanvasRenderingContext2D, window: WorldWindow, ratio: number, accent: string): void {
    if (window.zoom < FIRST) return;
    for (const { path, x, y, unitZoom } of this.list()) {
      const scale = worldPixels(window.zoom) / 2 ** unitZoom;
      brush.save();
      brush.setTransform(scale * ratio, 0, 0, scale * ratio, placeInTurn(x / 2 ** unitZoom, window) * ratio, (y * scale - window.y) * ratio);
      brush.fillStyle = accent;
      brush.globalAlpha = 0.82;
      brush.fill(path, "evenodd");
      brush.restore();
    }
  }

  private list() {
    return this.drawn.filter(({ scenes }) => scenes.includes(this.scene));
  }
}
