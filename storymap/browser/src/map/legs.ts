/** The lines between places: where they run, and how each looks at a moment of the story. */
import { unpackArcs } from "../basemap/arcs";
import type { Point } from "../contract";
import { joinAcross180 } from "../views/mercator";

/** Runs of points as arcs, in degrees / 10 ** `digits`. */
export interface PackedRuns {
  parts: string;
  digits: number;
}

/** The runs of a line in degrees, joined where they were cut at 180°: unpacks what `pack_parts` of `storymap/layers/geometry.py` packed. */
export function unpackRuns({ parts, digits }: PackedRuns): Point[][] {
  const unit = 10 ** digits;
  return joinAcross180(unpackArcs(parts, [0, 0]).map((run) => run.map(([x, y]): Point => [x / unit, y / unit])));
}

export type LegState = "hidden" | "quiet" | "active";

/**
 * A line of scene number `own` while the reader is at scene `current`. In the opening every line is quiet; of a story the
 * way ahead is not yet drawn; a story lit on the atlas brings its own lines forward, and where many stories are `crowded`
 * on it, has the only ones.
 */
export function chooseLegState(own: number, current: number, kind: "story" | "atlas" | "place", crowded = false): LegState {
  if (own === current && current > 0) return "active";
  if (crowded) return "hidden";
  return kind === "story" && current > 0 && own > current ? "hidden" : "quiet";
}
