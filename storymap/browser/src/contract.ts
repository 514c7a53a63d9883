/** What a page tells the browser: the browser half of `storymap/drawing/contract.py`, which explains every field. */
import type { Geometry } from "geojson";
import type { Basemap } from "./basemap/contract";

export const PAYLOAD_VERSION = 1;

export type Point = [lon: number, lat: number];
export type Box = [west: number, south: number, east: number, north: number];

export interface PlaceData {
  id: string;
  name: string;
  town: boolean;
  at: Point;
  shape: Geometry | null;
  url: string;
  steps: number[];
  stories: number[];
}

export interface LegData {
  parts: string;
  digits: number;
  style: "great-circle" | "straight";
  step: number;
  story: number;
  within: boolean;
}

export interface LinkData {
  view: Box;
  places: number[];
  at: Point;
}

export interface StepData {
  id: string;
  title: string;
  view: Box;
  moves: boolean;
  places: number[];
  highlight: string[];
  links: LinkData[];
}

export interface StoryCardData {
  id: string;
  title: string;
  url: string;
  view: Box;
  places: number[];
}

export interface TilesData {
  url: string;
  attribution: string;
  maxZoom: number;
  subdomains: string;
  needsReferer: boolean;
}

export interface Payload {
  version: typeof PAYLOAD_VERSION;
  kind: "story" | "atlas" | "place";
  lang: string;
  strings: Record<string, string>;
  view: Box;
  maxZoom: number;
  places: PlaceData[];
  legs: LegData[];
  steps: StepData[];
  stories: StoryCardData[];
  tiles: TilesData | null;
  about: string;
  basemap: Basemap;
}
