/** What a page tells the browser: the browser half of `storymap/drawing/contract.py`, which explains every field. */
import type { Geometry } from "geojson";
import type { Basemap } from "./basemap/contract";
import type { StreetsData } from "./streets/contract";

export const PAYLOAD_VERSION = 2;

export type Point = [lon: number, lat: number];
export type Box = [west: number, south: number, east: number, north: number];

export type Side = "left" | "right";

export interface PaintData {
  fill?: string;
  stroke?: string;
  width: number;
  opacity: number;
  dash?: number[];
}

export interface KeyEntryData {
  paint: PaintData;
  text: string;
  radius?: number;
}

export interface KeyData {
  title: string;
  entries: KeyEntryData[];
}

export interface ColumnData {
  name: string;
  texts: string[];
}

export interface DatasetData {
  arcs: string;
  runs: string;
  counts: number[];
  unit: number;
  grounded?: true;
  columns?: ColumnData[];
  middles?: string;
}

/** What is told of a layer, by its kind: the file of each kind, which explains its fields beside those in Python, adds it here. */
export interface Layers {}

export type Kind = keyof Layers;
export type LayerData = Layers[Kind];

export interface GroundData {
  borders?: "none";
  names?: "water" | "none";
  earth?: false;
}

export interface SceneData {
  view: Box;
  layers: LayerData[];
  ground?: GroundData;
}

export interface SignColors {
  fill: string;
  ink: string;
}

export interface SignData {
  title: string;
  symbol?: string;
  light: SignColors;
  dark: SignColors;
}

export interface PlaceData {
  name: string;
  town: boolean;
  at: Point;
  shape?: Geometry;
  url?: string;
  sign?: number;
}

export interface LinkData {
  view: Box;
  places: number[];
}

interface Page extends SceneData {
  version: typeof PAYLOAD_VERSION;
  strings: Record<string, string>;
  maxZoom: number;
  places: PlaceData[];
  signs?: SignData[];
  about: string;
  basemap: Basemap;
}

export interface StepData extends SceneData {
  id: string;
  title: string;
  links: LinkData[];
}

export interface StoryPayload extends Page {
  kind: "story";
  links: LinkData[];
  data?: DatasetData[];
  streets?: StreetsData;
  steps: StepData[];
}

export interface CardData extends SceneData {
  title: string;
  url: string;
}

export interface AtlasPayload extends Page {
  kind: "atlas";
  streets?: StreetsData;
  stories: CardData[];
}

export interface PlacePayload extends Page {
  kind: "place";
  streets?: StreetsData;
}

export type Payload = StoryPayload | AtlasPayload | PlacePayload;

/** The author's data alone, for any map of Folium's. */
export interface LayersPayload extends SceneData {
  kind: "layers";
  version: typeof PAYLOAD_VERSION;
  strings: Record<string, string>;
  data: DatasetData[];
}
