/** The baked basemap as Python writes it: the browser half of `storymap/basemap/contract.py`, which explains it. */

/** Settlements by column; `names.ts` makes rows of them. */
export interface SettlementColumns {
  names: string[];
  at: string;
  zooms: string;
  sizes: string;
}

/** Longitude, latitude, name, first and last zoom that show it. */
export type RegionRow = [lon: number, lat: number, name: string, minZoom: number, maxZoom: number];

/** One text per cell, "" where it has nothing: arcs by their number (`arcs.ts`). */
type Texts = string[];

/** The geometry that serves map zooms from `minZoom` on, in the cells (tiles of zoom `gridZoom`) that it holds. */
export interface Scale {
  minZoom: number;
  gridZoom: number;
  unitZoom: number;
  cells: [x: number, y: number][];
  /** One text per cell: the points of its arcs (`arcs.ts`). */
  arcs: string[];
  /** Rings, filled by the even-odd rule. What no cell has is left out, here and below. */
  land?: Texts;
  lakes?: Texts;
  /** Lines. */
  coast?: Texts;
  shores?: Texts;
  rivers?: Texts;
  regions?: Texts;
  borders?: Texts;
  /** Rings by ISO 3166-1 alpha-2 code; "*" where they are those of `land`. */
  highlights?: Record<string, Texts>;
}

export interface Basemap {
  scales: Scale[];
  settlements: SettlementColumns;
  countries: RegionRow[];
  waters: RegionRow[];
  credits: string[];
}
