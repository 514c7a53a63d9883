/** The shapes of the author's data: unpacks what `storymap/layers/packing.py` packed. */
import { unpackArcs, unpackReferences } from "../basemap/arcs";
import type { DatasetData, Point } from "../contract";

/** The rings, the lines or the points of a feature, in degrees. */
export type Runs = readonly (readonly Point[])[];

const unpacked = new WeakMap<DatasetData, readonly Runs[]>();

/** The shapes of the features of a dataset, by their numbers; a border between two is the same in both. */
export function shapesOf(data: DatasetData): readonly Runs[] {
  let shapes = unpacked.get(data);
  if (!shapes) unpacked.set(data, (shapes = unpackShapes(data)));
  return shapes;
}

function unpackShapes({ arcs: packed, runs: references, counts, digits }: DatasetData): Runs[] {
  const unit = 10 ** digits;
  const arcs = packed ? unpackArcs(packed, [0, 0]).map((arc) => arc.map(([x, y]): Point => [x / unit, y / unit])) : [];
  const runs = unpackReferences(references).map((parts) =>
    parts.flatMap(({ index, backwards }, number) => {
      const arc = arcs[index] ?? [];
      const way = backwards ? [...arc].reverse() : arc;
      return number ? way.slice(1) : way; // one arc begins where the one before it ends
    }),
  );
  let next = 0;
  return counts.map((count) => runs.slice(next, (next += count)));
}

/** The midst of each feature, where its name stands. */
export function middlesOf({ middles, digits }: DatasetData): readonly Point[] {
  const unit = 10 ** digits;
  return middles ? (unpackArcs(middles, [0, 0])[0] ?? []).map(([x, y]): Point => [x / unit, y / unit]) : [];
}
