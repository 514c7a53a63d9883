/** The names of the map as the labels take them: settlements are rows again, in the order in which they were packed. */
import { unpackArcs } from "../basemap/arcs";
import type { Basemap, RegionRow } from "../basemap/contract";

/** Longitude, latitude, name, first zoom that shows it, size from 0 (village) to 5 (metropolis), 6 for a capital. */
export type SettlementRow = [lon: number, lat: number, name: string, minZoom: number, size: number];

export interface MapNames {
  settlements: readonly SettlementRow[];
  countries: readonly RegionRow[];
  waters: readonly RegionRow[];
}

/** Places come in thousandths of a degree. */
const UNITS = 1000;

export function unpackNames({ settlements: { names, at, zooms, sizes }, countries, waters }: Basemap): MapNames {
  const [places = []] = unpackArcs(at, [0, 0]);
  const settlements = places.map(([lon, lat], index): SettlementRow =>
    [lon / UNITS, lat / UNITS, names[index] ?? "", parseInt(zooms[index] ?? "", 16), Number(sizes[index])]);
  return { settlements, countries, waters };
}
