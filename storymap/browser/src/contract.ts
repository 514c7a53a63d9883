/** What a page tells the browser: the browser half of `storymap/drawing/contract.py`, which explains every field. */
import type { Geometry } from "geojson";
import type { Basemap } from "./basemap/contract";

export const PAYLOAD_VERSION = 2;

export type Point = [lon: number, lat: number];
export type Box = [west: number, south: number, east: number, north: number];

export type Side = "left" | "right";

export interface MarkersData {
  kind: "markers";
  places: number[];
  numbers?: number[];
}

/** Runs of points as arcs, in degrees / 10 ** `digits`. */
export interface PackedRuns {
  parts: string;
  digits: number;
}

export interface LegData extends PackedRuns {
  style: "great-circle" | "straight";
}

export interface RouteData {
  kind: "route";
  legs: LegData[];
}

export interface HighlightData {
  kind: "highlight";
  countries: string[];
}

export interface TilesData {
  kind: "tiles";
  url: string;
  attribution: string;
  maxZoom: number;
  subdomains: string;
  needsReferer: boolean;
}

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

export interface PopupData {
  columns?: number[];
  html?: string[];
}

export interface DataLayerData {
  kind: "areas" | "lines" | "points";
  data: number;
  shown?: number[];
  classes: string;
  paints: PaintData[];
  radii?: number[];
  keys: KeyData[];
  label?: number;
  tooltip?: number;
  popup?: PopupData;
  cluster?: true;
  side?: Side;
}

export interface ColumnData {
  name: string;
  texts: string[];
}

export interface DatasetData {
  arcs: string;
  runs: string;
  counts: number[];
  digits: number;
  columns?: ColumnData[];
  middles?: string;
}

export interface ImageData {
  kind: "image";
  title: string;
  url: string;
  bounds: Box;
  opacity: number;
  side?: Side;
}

export interface CompareData {
  kind: "compare";
  left: string;
  right: string;
}

export interface TrackData extends PackedRuns {
  kind: "track";
  heights?: number[];
}

export type LayerData = MarkersData | RouteData | HighlightData | TilesData | ImageData | TrackData | DataLayerData | CompareData;

export interface GroundData {
  borders?: "none";
  names?: "water" | "none";
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
  steps: StepData[];
}

export interface CardData extends SceneData {
  title: string;
  url: string;
}

export interface AtlasPayload extends Page {
  kind: "atlas";
  stories: CardData[];
}

export interface PlacePayload extends Page {
  kind: "place";
}

export type Payload = StoryPayload | AtlasPayload | PlacePayload;

/** The author's data alone, for any map of Folium's. */
export interface LayersPayload extends SceneData {
  kind: "layers";
  version: typeof PAYLOAD_VERSION;
  strings: Record<string, string>;
  data: DatasetData[];
}
