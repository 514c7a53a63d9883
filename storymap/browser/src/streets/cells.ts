/** The canvas paths of a cell, made once from its text; their coordinates are units from the cell's corner. */
import { unpackArcs, type Arc } from "../basemap/arcs";
import * as look from "../../../look.json";
import type { StreetCell } from "./contract";

/** A line that bears a name. */
export interface NamedLine {
  kind: string;
  name: number;
  arc: Arc;
}

export interface DrawnCell {
  paths: Map<string, Path2D>;
  lines: NamedLine[];
}

const AREAS: ReadonlySet<string> = new Set(look.streets.areas);

export function drawStreetCell([, , , arcs, parts]: StreetCell): DrawnCell {
  const unpacked = unpackArcs(arcs, [0, 0]);
  const drawn: DrawnCell = { paths: new Map(), lines: [] };
  let next = 0;
  for (const [kind, count, names] of parts) {
    const path = new Path2D();
    for (const [number, arc] of unpacked.slice(next, next + count).entries()) {
      trace(path, arc);
      if (AREAS.has(kind)) path.closePath();
      const name = names?.[number] ?? -1;
      if (name >= 0) drawn.lines.push({ kind: kind.replace(/[+-]$/, ""), name, arc });
    }
    drawn.paths.set(kind, path);
    next += count;
  }
  return drawn;
}

export function trace(path: Path2D, arc: Arc): void {
  for (const [number, [x, y]] of arc.entries()) {
    if (number) path.lineTo(x, y);
    else path.moveTo(x, y);
  }
}
