/** Which names the map would like to show at a zoom, and how they are set. */
import type { Basemap } from "../basemap/contract";
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
}

const BESIDE: readonly Side[] = ["right", "left", "above", "below"];
const CENTRED: readonly Side[] = ["centre"];

/** A settlement may be named this much before its zoom: a view is rarely shown at a whole one. */
export const NAMED_EARLY = 0.45;

/** Names that `zoom` shows, the most important first: big cities, countries, waters, then the smaller places. */
export function wishNames({ settlements, countries, waters }: Basemap, zoom: number): NameWish[] {
  const cities: NameWish[] = [];
  const towns: NameWish[] = [];
  for (const [lon, lat, name, minZoom, size] of settlements) {
    if (zoom + NAMED_EARLY < minZoom) continue;
    const wish = {
      lon, lat, name, sides: BESIDE, dot: dotRadius(size), capital: size === 6,
      lettering: letterSettlement(size, zoom),
    };
    (size >= 4 ? cities : towns).push(wish);
  }
  const regions = ([rows, lettering]: readonly [Basemap["countries"], Lettering]): NameWish[] =>
    rows
      .filter(([, , , minZoom, maxZoom]) => zoom >= minZoom && zoom <= maxZoom)
      .map(([lon, lat, name]) => ({ lon, lat, name, sides: CENTRED, dot: 0, capital: false, lettering }));
  const lands = regions([countries, letterCountry(zoom)]);
  const seas = regions([waters, letterWater(zoom)]);
  // Where the world is small its countries orient the reader; closer in, its cities do.
  return zoom < 5 ? [...lands, ...cities, ...seas, ...towns] : [...cities, ...lands, ...seas, ...towns];
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
