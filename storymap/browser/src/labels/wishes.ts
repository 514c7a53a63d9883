/** Which names the map would like to show at a zoom, and how they are set. */
import type { MapNames, SettlementRow } from "./names";
import type { ColourName } from "../basemap/colours";
import type { Side } from "./arrange";

export interface Lettering {
  /** CSS font, without the family. */
  font: string;
  family: "sans" | "serif";
  size: number;
  spacing: number;
  upper: boolean;
  colour: ColourName;
  halo: ColourName;
}

export interface NameWish {
  lon: number;
  lat: number;
  name: string;
  sides: readonly Side[];
  /** Radius of the dot; 0 for none. */
  dot: number;
  capital: boolean;
  lettering: Lettering;
  /** The row of the settlement that is named. */
  row?: SettlementRow;
  /** How far what is taken has to keep away. */
  air?: number;
}

const BESIDE: readonly Side[] = ["right", "left", "above", "below"];
const AROUND: readonly Side[] = [...BESIDE, "above right", "below right", "above left", "below left"];
const CENTRED: readonly Side[] = ["centre"];

/** A settlement may be named this much before its zoom: a view is rarely shown at a whole one. */
export const NAMED_EARLY = 0.3;

/** The town that a place of the story lies in is named this much before its zoom; a city at every one. */
const SUBJECTS_EARLY = 2;

/** Pixels around the name of a smaller place within which nothing else may stand: it is there to fill a void. */
const AIR_OF_TOWNS = 10;

/**
 * Names that `zoom` shows, the most important first: the cities that the story is at (`subjects`), capitals, big cities,
 * countries, waters, then the smaller places. As in `storymap/drawing/lettering.py`.
 */
export function wishNames(
  { settlements, countries, waters }: MapNames, zoom: number, subjects: ReadonlySet<SettlementRow | undefined> = new Set(),
): NameWish[] {
  const first: NameWish[] = [];
  const capitals: NameWish[] = [];
  const cities: NameWish[] = [];
  const towns: NameWish[] = [];
  for (const row of settlements) {
    const [lon, lat, name, minZoom, size] = row;
    const isSubject = subjects.has(row);
    const early = !isSubject ? NAMED_EARLY : size < 4 ? SUBJECTS_EARLY : Infinity;
    if (zoom + early < minZoom) continue;
    const wish: NameWish = {
      lon, lat, name, sides: BESIDE, dot: dotRadius(size), capital: size === 6,
      lettering: letterSettlement(size, zoom), row,
    };
    if (isSubject) first.push({ ...wish, sides: AROUND });
    else if (size === 6) capitals.push(wish);
    else if (size >= 4) cities.push(wish);
    else towns.push({ ...wish, air: AIR_OF_TOWNS });
  }
  const regions = ([rows, lettering]: readonly [MapNames["countries"], Lettering]): NameWish[] =>
    rows
      .filter(([, , , minZoom, maxZoom]) => zoom >= minZoom && zoom <= maxZoom)
      .map(([lon, lat, name]) => ({ lon, lat, name, sides: CENTRED, dot: 0, capital: false, lettering }));
  const lands = regions([countries, letterCountry(zoom)]);
  const seas = regions([waters, letterWater(zoom)]);
  // Where the world is small its countries orient the reader; closer in, its cities do.
  const great = [...capitals, ...cities];
  return zoom < 5 ? [...first, ...lands, ...great, ...seas, ...towns] : [...first, ...great, ...lands, ...seas, ...towns];
}

/** Pixels of the dot of a settlement that is named, or could be. */
export function dotRadius(size: number): number {
  return size >= 4 ? 2.6 : size >= 2 ? 2.1 : 1.7;
}

function letterSettlement(size: number, zoom: number): Lettering {
  const closer = Math.max(0, Math.min(2, (zoom - 5) / 3));
  const points = [10.5, 11, 11.5, 12, 12.5, 13, 13][Math.max(0, Math.min(6, size))] as number;
  return {
    font: size >= 5 ? "600" : "400", family: "sans", size: points + closer, spacing: 0, upper: false,
    colour: size >= 2 ? "label" : "label-quiet", halo: "label-halo",
  };
}

function letterCountry(zoom: number): Lettering {
  return {
    font: "500", family: "sans", size: zoom < 3 ? 10 : zoom < 5 ? 11 : 13, spacing: zoom < 3 ? 1 : 2, upper: true,
    colour: "label-quiet", halo: "label-halo",
  };
}

function letterWater(zoom: number): Lettering {
  return {
    font: "italic 400", family: "serif", size: zoom < 4 ? 12 : 13.5, spacing: 0.4, upper: false,
    colour: "water-label", halo: "water-halo",
  };
}
