/** The shapes of the author's data: unpacks what `storymap/layers/packing.py` packed. */
import { unpackArcs, unpackReferences } from "../basemap/arcs";
import type { Scale } from "../basemap/contract";
import type { DatasetData, LayersPayload, Payload, Point } from "../contract";
import { unprojectX, unprojectY } from "../views/mercator";

/** The rings, the lines or the points of a feature, in degrees. */
export type Runs = readonly (readonly Point[])[];

const unpacked = new WeakMap<DatasetData, readonly Runs[]>();

/** The shapes of the features of a dataset of `page`, by their numbers; a border between two is the same in both. */
export function shapesOf(data: DatasetData, page: Payload | LayersPayload): readonly Runs[] {
  let shapes = unpacked.get(data);
  if (!shapes) {
    const world = "basemap" in page ? page.basemap.scales[0] : undefined;
    unpacked.set(data, (shapes = unpackShapes(data, [...(data.grounded && world ? unpackWorld(world) : []), ...unpackOwn(data)])));
  }
  return shapes;
}

const unpackOwn = ({ arcs, unit }: DatasetData): Point[][] =>
  arcs ? unpackArcs(arcs, [0, 0]).map((arc) => arc.map(([x, y]): Point => [x / unit, y / unit])) : [];

/** The arcs of the ground of the whole world, which is one cell, in degrees. */
function unpackWorld({ arcs, unitZoom }: Scale): Point[][] {
  const units = 2 ** unitZoom;
  return unpackArcs(arcs[0] ?? "", [0, 0]).map((arc) => arc.map(([x, y]): Point => [unprojectX(x / units), unprojectY(y / units)]));
}

function unpackShapes({ runs: references, counts }: DatasetData, arcs: readonly (readonly Point[])[]): Runs[] {
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
export function middlesOf({ middles, unit }: DatasetData): readonly Point[] {
  return middles ? (unpackArcs(middles, [0, 0])[0] ?? []).map(([x, y]): Point => [x / unit, y / unit]) : [];
}
