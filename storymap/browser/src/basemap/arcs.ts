/** The arcs of a cell, and what refers to them: unpacks what `storymap/basemap/arcs.py` packed. */
import { NumberReader, unfoldSign } from "./numbers";

export type Point = readonly [x: number, y: number];
export type Arc = readonly Point[];

/** An arc by its place among those of the cell, taken backwards or not. */
export interface Reference {
  index: number;
  backwards: boolean;
}

/** The arcs in units from `corner`, which is itself given in units from the corner of the map. */
export function unpackArcs(text: string, corner: Point): Arc[] {
  let [x, y] = [-corner[0], -corner[1]];
  return readGroups(text, (reader): Point => {
    x += unfoldSign(reader.next());
    y += unfoldSign(reader.next());
    return [x, y];
  });
}

/** Groups of references: rings, or one group of lines. Each tells how far it is from the arc after the last one. */
export function unpackReferences(text: string): Reference[][] {
  let expected = 0;
  return readGroups(text, (reader) => {
    const value = reader.next();
    const index = expected + unfoldSign(Math.floor(value / 2));
    expected = index + 1;
    return { index, backwards: value % 2 === 1 };
  });
}

function readGroups<Item>(text: string, read: (reader: NumberReader) => Item): Item[][] {
  const groups: Item[][] = [];
  let group: Item[] | undefined;
  const reader = new NumberReader(text);
  while (!reader.done) {
    if (reader.skipSpace() || !group) groups.push((group = []));
    group.push(read(reader));
  }
  return groups;
}
