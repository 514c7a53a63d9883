/** The baked basemap as Python writes it: the browser half of `storymap/basemap/contract.py`, which explains it. */
import type { Objects } from "topojson-specification";

/** Longitude, latitude, name, first zoom that shows it, size from 0 (village) to 5 (metropolis), 6 for a capital. */
export type SettlementRow = [lon: number, lat: number, name: string, minZoom: number, size: number];

/** Longitude, latitude, name, first and last zoom that show it. */
export type RegionRow = [lon: number, lat: number, name: string, minZoom: number, maxZoom: number];

/** The geometry that serves map zooms from `minZoom` on, in the cells (tiles of zoom `gridZoom`) that it holds. */
export interface Scale {
  minZoom: number;
  gridZoom: number;
  unitZoom: number;
  cells: [x: number, y: number][];
  objects: Objects;
  arcs: string[];
}

export interface Basemap {
  scales: Scale[];
  settlements: SettlementRow[];
  countries: RegionRow[];
  waters: RegionRow[];
  credits: string[];
}
