/** Which names the map would like to show at a zoom, and how they are set. */
import * as figures from "../../../figures.json";
import * as look from "../../../look.json";
import { bySize, grow, letterAt } from "../figures";
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
  /** How far what stands at the point reaches, where that is no dot. */
  reach?: number;
  capital: boolean;
  lettering: Lettering;
  /** Of the names that share this one is enough: an ocean has a name in each of its parts. */
  once?: string;
  /** The row of the settlement that is named. */
  row?: SettlementRow;
  /** How far what is taken has to keep away. */
  air?: number;
}

const BESIDE: readonly Side[] = ["right", "left", "above", "below"];
const AROUND: readonly Side[] = [...BESIDE, "above right", "below right", "above left", "below left"];
const CENTRED: readonly Side[] = ["centre"];

/**
 * Names that `zoom` shows, the most important first: the cities that the story is at (`here`), capitals, big cities,
 * countries, waters, then the smaller places. As in `storymap/drawing/lettering.py`.
 */
export function wishNames(
  { settlements, countries, waters }: MapNames, zoom: number, here: ReadonlySet<SettlementRow | undefined> = new Set(),
): NameWish[] {
  const first: NameWish[] = [];
  const capitals: NameWish[] = [];
  const cities: NameWish[] = [];
  const towns: NameWish[] = [];
  for (const row of settlements) {
    const [lon, lat, name, minZoom, size] = row;
    const isHere = here.has(row);
    const early = !isHere ? figures.names.early : size < figures.settlements.city ? figures.names.ownEarly : Infinity;
    if (zoom + early < minZoom) continue;
    const wish: NameWish = {
      lon, lat, name, sides: BESIDE, dot: bySize(figures.settlements.dots, size), capital: size === figures.settlements.capital,
      lettering: letterSettlement(size, zoom), row,
    };
    if (isHere) first.push({ ...wish, sides: AROUND });
    else if (size === figures.settlements.capital) capitals.push(wish);
    else if (size >= figures.settlements.city) cities.push(wish);
    else towns.push({ ...wish, air: figures.labels.airOfTowns });
  }
  const regions = ([rows, lettering]: readonly [MapNames["countries"], Lettering]): NameWish[] =>
    rows
      .filter(([, , , minZoom, maxZoom]) => zoom >= minZoom && zoom <= maxZoom)
      .map(([lon, lat, name]) => ({ lon, lat, name, once: name, sides: CENTRED, dot: 0, capital: false, lettering }));
  const lands = regions([countries, letterCountry(zoom)]);
  const seas = regions([waters, letterWater(zoom)]);
  // Where the world is small its countries orient the reader; closer in, its cities do.
  const great = [...capitals, ...cities];
  const inOrder = zoom < figures.names.citiesFirst ? [lands, great, seas, towns] : [great, lands, seas, towns];
  return [first, ...inOrder].flat();
}

function letterSettlement(size: number, zoom: number): Lettering {
  const points = bySize(look.settlements, size) + grow(figures.names.closer, zoom);
  return {
    font: size >= look.bold ? "600" : "400", family: "sans", size: points, spacing: 0, upper: false,
    colour: size >= figures.settlements.shown ? "label" : "label-quiet", halo: "label-halo",
  };
}

function letterCountry(zoom: number): Lettering {
  const { size, spacing } = letterAt(figures.names.countries, zoom);
  return {
    font: "500", family: "sans", size, spacing, upper: true,
    colour: "label-quiet", halo: "label-halo",
  };
}

function letterWater(zoom: number): Lettering {
  const { size, spacing } = letterAt(figures.names.waters, zoom);
  return {
    font: "italic 400", family: "serif", size, spacing, upper: false,
    colour: "water-label", halo: "water-halo",
  };
}
