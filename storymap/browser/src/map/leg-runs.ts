/** Where a line between places runs: unpacks what `pack_parts` of `storymap/layers/geometry.py` packed. */
import { unpackArcs } from "../basemap/arcs";
import type { LegData, Point } from "../contract";
import { joinAcross180 } from "../views/mercator";

/** The runs of the line in degrees, joined where they were cut at 180°. */
export function unpackRuns({ parts, digits }: Pick<LegData, "parts" | "digits">): Point[][] {
  const unit = 10 ** digits;
  return joinAcross180(unpackArcs(parts, [0, 0]).map((run) => run.map(([x, y]): Point => [x / unit, y / unit])));
}
