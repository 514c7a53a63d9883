/** The ground at street level as Python writes it: the browser half of `storymap/drawing/street_payload.py`. */

/** Arcs that are drawn alike: their kind, how many, and for lines with names which of those each has, -1 for none. */
export type StreetPart = [kind: string, count: number, names?: number[]];

/** Column and row, what of it is drawn (left, top, right, bottom in units from its corner), its arcs and its parts. */
export type StreetCell = [x: number, y: number, box: [number, number, number, number], arcs: string, parts: StreetPart[]];

export interface StreetScale {
  minZoom: number;
  gridZoom: number;
  unitZoom: number;
  cells: StreetCell[];
}

/** Names that stand by themselves, by column; `at` is one arc in hundred-thousandths of a degree. */
export interface StreetLabels {
  at: string;
  kinds: string[];
  texts: string[];
  zooms: number[];
}

/** What surrounds places of the scenes: their building, in units of `unitZoom` from the corner of the map, and names. */
export interface Surroundings {
  unitZoom: number;
  arcs: string;
  names: string[];
  scenes: number[];
}

export interface StreetsData {
  scales: StreetScale[];
  names: string[];
  labels: StreetLabels;
  own: Surroundings[];
}
