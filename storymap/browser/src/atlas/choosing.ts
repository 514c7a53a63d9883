/** Which stories a reader has chosen, and what the map shows of them: no page and no map is needed here. */
import type { AtlasPayload, Box, CardData, PlaceData, SignData } from "../contract";

/** What is known of a story by which it can be chosen: its tags and authors by their addresses, its first and last year. */
export interface Traits {
  tags: readonly string[];
  authors: readonly string[];
  langs: readonly string[];
  years?: readonly [first: number, last: number] | undefined;
}

/** What the reader has chosen; what is not chosen is not there. */
export interface Choice {
  tag?: string;
  author?: string;
  lang?: string;
  from?: string;
  to?: string;
}

export const KEYS = ["tag", "author", "lang", "from", "to"] as const;

/** The choice that the query of an address tells, as far as it can be one. */
export function readChoice(query: string): Choice {
  const parameters = new URLSearchParams(query);
  const choice: Choice = {};
  for (const key of KEYS) {
    const value = parameters.get(key);
    if (value) choice[key] = value;
  }
  return choice;
}

/** `choice` as the query of an address: empty, or from its question mark on. */
export function writeChoice(choice: Choice): string {
  const parameters = new URLSearchParams();
  for (const key of KEYS) if (choice[key]) parameters.set(key, choice[key]);
  const query = parameters.toString();
  return query && `?${query}`;
}

/** Whether a story is among those that are chosen. One without any date is in no span of time. */
export function matches({ tags, authors, langs, years }: Traits, choice: Choice): boolean {
  if (choice.tag && !tags.includes(choice.tag)) return false;
  if (choice.author && !authors.includes(choice.author)) return false;
  if (choice.lang && !langs.includes(choice.lang)) return false;
  if (!choice.from && !choice.to) return true;
  if (!years) return false;
  return (!choice.from || years[1] >= Number(choice.from)) && (!choice.to || years[0] <= Number(choice.to));
}

/** Where stories and their places are taken from. */
export interface Source {
  stories: CardData[];
  places: PlaceData[];
  signs?: SignData[];
}

/** `page` with the stories of `source` at `numbers` alone; up to `few` of them are all drawn at once. */
export function showStories(page: AtlasPayload, source: Source, numbers: readonly number[], few: number): AtlasPayload {
  const chosen = numbers.flatMap((number) => source.stories[number] ?? []);
  const used = new Set(chosen.flatMap(({ layers }) => layers.flatMap((layer) => (layer.kind === "markers" ? layer.places : []))));
  const order = [...used].sort((a, b) => a - b); // the most visited come first
  const index = new Map(order.map((place, at) => [place, at]));
  const stories = chosen.map((story): CardData => ({
    ...story,
    layers: story.layers.map((layer) =>
      layer.kind === "markers" ? { ...layer, places: layer.places.flatMap((place) => index.get(place) ?? []) } : layer,
    ),
  }));
  const shown: AtlasPayload = {
    ...page,
    stories,
    places: order.flatMap((place) => source.places[place] ?? []),
    view: stories.length > 0 ? uniteBoxes(stories.map(({ view }) => view)) : page.view,
    layers: stories.length > few ? [] : [{ kind: "markers", places: order.map((_, at) => at) }],
  };
  if (source.signs) shown.signs = source.signs;
  return shown;
}

/** The smallest box around all; it crosses 180° where it is smaller so. */
export function uniteBoxes(boxes: readonly Box[]): Box {
  const south = Math.min(...boxes.map((box) => box[1]));
  const north = Math.max(...boxes.map((box) => box[3]));
  const spans = boxes.map(([west, , east]): [number, number] => [west, east >= west ? east : east + 360]).sort((a, b) => a[0] - b[0]);
  const first = spans[0] ?? [-180, 180];
  // Eastwards from each span to the next: the widest gap is left out.
  let [end, widest, west] = [first[1], -1, first[0]];
  for (const [start, stop] of [...spans.slice(1), [first[0] + 360, first[1] + 360] as [number, number]]) {
    if (start - end > widest) [widest, west] = [start - end, start];
    end = Math.max(end, stop);
  }
  if (widest <= 0) return [-180, south, 180, north];
  const east = west - widest;
  return [wrap(west), south, wrap(east), north];
}

function wrap(longitude: number): number {
  return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
}
