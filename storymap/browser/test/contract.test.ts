import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Basemap, Scale, SettlementColumns } from "../src/basemap/contract";
import { unpackNames } from "../src/labels/names";
import { unpackRuns } from "../src/map/legs";
import { findLayer, listScenes, listVisits } from "../src/map/scenes";
import type { BackdropData } from "../src/layers/backdrop";
import type { BranchData, BranchesData } from "../src/layers/branches";
import type { CompareData } from "../src/layers/compare";
import type { HighlightData } from "../src/layers/highlight";
import type { ImageData } from "../src/layers/image";
import type { MarkersData } from "../src/layers/markers";
import type { DataLayerData, PopupData } from "../src/layers/of-data";
import type { LegData, RouteData } from "../src/layers/route";
import type { TilesData } from "../src/layers/tiles";
import type { TilesetData } from "../src/layers/tileset";
import type { TrackData } from "../src/layers/track";
import { unpackLabels } from "../src/streets/letter";
import type { StreetLabels, StreetsData, StreetScale, Surroundings } from "../src/streets/contract";
import {
  PAYLOAD_VERSION, type AtlasPayload, type CardData, type ColumnData, type DatasetData, type GroundData, type KeyData,
  type KeyEntryData, type Kind, type LayerData, type Layers, type LayersPayload, type LinkData, type PaintData, type Payload,
  type PlaceData, type PlacePayload, type SignColors, type SignData, type StepData, type StoryPayload,
} from "../src/contract";

/** The payloads that Python's tests write and hold, one of each kind of page; run from the browser's folder. */
const GOLDEN = join(process.cwd(), "..", "..", "tests", "golden", "payload.json");

type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** The keys of a contract, each with whether it is always there: the compiler refuses a list that is not complete. */
type Keys<T> = { [K in keyof T]-?: K extends Optional<T> ? "perhaps" : "always" };

function holds<T extends object>(value: object, keys: Keys<T>): void {
  const [given, wanted] = [Object.keys(value), Object.entries(keys)];
  assert.deepEqual(given.filter((key) => !(key in keys)), [], "sent, and unknown to the browser");
  assert.deepEqual(wanted.filter(([key, when]) => when === "always" && !given.includes(key)), [], "not sent");
}

const SCENE = { view: "always", layers: "always", ground: "perhaps" } as const;
const PAGE = {
  ...SCENE, kind: "always", version: "always", strings: "always", maxZoom: "always", places: "always", signs: "perhaps",
  about: "always", basemap: "always",
} as const;

const FEATURES = {
  kind: "always", data: "always", shown: "perhaps", classes: "always", paints: "always", radii: "perhaps",
  keys: "always", label: "perhaps", tooltip: "perhaps", popup: "perhaps",
  cluster: "perhaps", side: "perhaps",
} as const;

/** What a layer of each kind holds. */
const LAYERS: { [K in Kind]: (layer: Layers[K]) => void } = {
  backdrop: (layer) => {
    holds<BackdropData>(layer, { kind: "always", url: "always", bounds: "always", tiles: "perhaps" });
    if (layer.tiles) holds<NonNullable<BackdropData["tiles"]>>(layer.tiles, { url: "always", first: "always", last: "always", files: "perhaps" });
  },
  areas: holdsFeatures,
  lines: holdsFeatures,
  points: holdsFeatures,
  branches: (layer) => {
    holds<BranchesData>(layer, { kind: "always", gone: "always", branches: "perhaps" });
    for (const branch of layer.branches ?? []) {
      holds<BranchData>(branch, {
        name: "always", color: "always", dark: "always", parts: "always", digits: "always",
      });
    }
  },
  markers: (layer) => holds<MarkersData>(layer, { kind: "always", places: "always", numbers: "perhaps" }),
  route: (layer) => {
    holds<RouteData>(layer, { kind: "always", legs: "always" });
    for (const leg of layer.legs) holds<LegData>(leg, { parts: "always", digits: "always", style: "always" });
  },
  image: (layer) => {
    holds<ImageData>(layer, {
      kind: "always", title: "always", url: "always", bounds: "always", opacity: "always", side: "perhaps",
      tiles: "perhaps",
    });
    if (layer.tiles) holds<NonNullable<ImageData["tiles"]>>(layer.tiles, { side: "always", runs: "perhaps", files: "perhaps" });
  },
  tileset: (layer) => holds<TilesetData>(layer, { kind: "always", url: "always", side: "always", runs: "always", files: "perhaps" }),
  compare: (layer) => holds<CompareData>(layer, { kind: "always", left: "always", right: "always" }),
  track: (layer) => holds<TrackData>(layer, { kind: "always", parts: "always", digits: "always", heights: "perhaps" }),
  highlight: (layer) => holds<HighlightData>(layer, { kind: "always", countries: "always" }),
  tiles: (layer) => holds<TilesData>(layer, {
    kind: "always", url: "always", attribution: "always", maxZoom: "always", subdomains: "always", needsReferer: "always",
  }),
};

function holdsLayer(layer: LayerData): void {
  (LAYERS[layer.kind] as (layer: LayerData) => void)(layer);
}

function holdsFeatures(layer: DataLayerData): void {
  holds<DataLayerData>(layer, FEATURES);
  if (layer.popup) holds<PopupData>(layer.popup, { columns: "perhaps", html: "perhaps" });
  for (const key of layer.keys) {
    holds<KeyData>(key, { title: "always", entries: "always" });
    for (const entry of key.entries) holds<KeyEntryData>(entry, { paint: "always", text: "always", radius: "perhaps" });
  }
  for (const paint of [...layer.paints, ...layer.keys.flatMap(({ entries }) => entries.map((each) => each.paint))]) {
    holds<PaintData>(paint, { fill: "perhaps", stroke: "perhaps", width: "always", opacity: "always", dash: "perhaps" });
  }
}

function holdsDataset(data: DatasetData): void {
  holds<DatasetData>(data, {
    arcs: "always", runs: "always", counts: "always", unit: "always", grounded: "perhaps", columns: "perhaps", middles: "perhaps",
  });
  for (const column of data.columns ?? []) holds<ColumnData>(column, { name: "always", texts: "always" });
}

function holdsStreets(streets: StreetsData): void {
  holds<StreetsData>(streets, { scales: "always", names: "always", labels: "always", own: "always" });
  for (const scale of streets.scales) {
    holds<StreetScale>(scale, { minZoom: "always", gridZoom: "always", unitZoom: "always", cells: "always" });
    for (const [x, y, box, arcs, parts] of scale.cells) {
      assert.deepEqual([x, y, box.length, typeof arcs], [3, 4, 4, "string"]);
      assert.deepEqual(parts, [["building", 1], ["minor", 1, [0]], ["path-", 1]]);
    }
  }
  holds<StreetLabels>(streets.labels, { at: "always", kinds: "always", texts: "always", zooms: "always" });
  const [station] = unpackLabels(streets.labels);
  assert.equal(station?.text, "Central Station");
  assert.ok(Math.abs((station?.x ?? 0) - (14.002 + 180) / 360) < 1e-9);
  for (const own of streets.own) holds<Surroundings>(own, { unitZoom: "always", arcs: "always", names: "always", scenes: "always" });
}

function holdsPage(page: Payload): void {
  switch (page.kind) {
    case "story":
      holds<StoryPayload>(page, { ...PAGE, links: "always", data: "perhaps", streets: "perhaps", steps: "always" });
      page.data?.forEach(holdsDataset);
      if (page.streets) holdsStreets(page.streets);
      for (const step of page.steps) holds<StepData>(step, { ...SCENE, id: "always", title: "always", links: "always" });
      for (const link of [page, ...page.steps].flatMap(({ links }) => links)) {
        holds<LinkData>(link, { view: "always", places: "always" });
      }
      return;
    case "atlas":
      holds<AtlasPayload>(page, { ...PAGE, streets: "perhaps", stories: "always" });
      if (page.streets) holdsStreets(page.streets);
      for (const card of page.stories) holds<CardData>(card, { ...SCENE, title: "always", url: "always" });
      return;
    case "place":
      holds<PlacePayload>(page, { ...PAGE, streets: "perhaps" });
      if (page.streets) holdsStreets(page.streets);
  }
}

const SCALE: Keys<Scale> = {
  minZoom: "always", gridZoom: "always", unitZoom: "always", cells: "always", arcs: "always", land: "perhaps",
  lakes: "perhaps", coast: "perhaps", shores: "perhaps", rivers: "perhaps", regions: "perhaps", borders: "perhaps",
  highlights: "perhaps",
};
const NUMBERS = ["minZoom", "gridZoom", "unitZoom", "cells"];

function holdsBasemap(basemap: Basemap): void {
  holds<Basemap>(basemap, { scales: "always", settlements: "always", countries: "always", waters: "always", credits: "always" });
  holds<SettlementColumns>(basemap.settlements, { names: "always", at: "always", zooms: "always", sizes: "always" });
  assert.deepEqual(unpackNames(basemap).settlements, [[10, 53.5, "Somewhere", 2, 4], [-0.128, 51.507, "Far", 11, 0]]);
  for (const scale of basemap.scales) {
    holds<Scale>(scale, SCALE);
    const texts = Object.entries(scale).flatMap(([key, value]) =>
      key === "highlights" ? Object.values(value as object) : NUMBERS.includes(key) ? [] : [value as unknown],
    );
    for (const each of texts as string[][]) assert.equal(each.length, scale.cells.length);
  }
}

const absent = existsSync(GOLDEN) ? false : "tests/golden/payload.json is not there";
const read = () => JSON.parse(readFileSync(GOLDEN, "utf-8")) as Payload[];

test("what a layer on another map brings along is what the contract says", { skip: absent }, () => {
  const layers = JSON.parse(readFileSync(join(GOLDEN, "..", "layers.json"), "utf-8")) as LayersPayload;
  assert.equal(layers.version, PAYLOAD_VERSION);
  holds<LayersPayload>(layers, { ...SCENE, kind: "always", version: "always", strings: "always", data: "always" });
  layers.data.forEach(holdsDataset);
  layers.layers.forEach(holdsLayer);
});

test("what Python writes is what the browser's contract says", { skip: absent }, () => {
  assert.deepEqual(read().map(({ kind }) => kind), ["story", "atlas", "place", "story"]);
  const kinds = new Set<string>();
  for (const page of read()) {
    assert.equal(page.version, PAYLOAD_VERSION);
    holdsPage(page);
    if (page.ground?.earth !== false) holdsBasemap(page.basemap);
    for (const place of page.places) {
      holds<PlaceData>(place, {
        name: "always", town: "always", at: "always", shape: "perhaps", url: "perhaps", sign: "perhaps",
      });
    }
    for (const sign of page.signs ?? []) {
      holds<SignData>(sign, { title: "always", symbol: "perhaps", light: "always", dark: "always" });
      for (const colors of [sign.light, sign.dark]) holds<SignColors>(colors, { fill: "always", ink: "always" });
    }
    for (const { ground } of listScenes(page)) if (ground) holds<GroundData>(ground, { borders: "perhaps", names: "perhaps", earth: "perhaps" });
    for (const layer of listScenes(page).flatMap(({ layers }) => layers)) {
      kinds.add(layer.kind);
      holdsLayer(layer);
    }
  }
  assert.deepEqual([...kinds].sort(), Object.keys(LAYERS).sort());
});

test("a line over 180° is one run", { skip: absent }, () => {
  const [story] = read();
  const leg = listScenes(story as Payload).flatMap((scene) => findLayer(scene, "route")?.legs ?? [])[0];
  const runs = unpackRuns(leg as LegData); // from Tokyo to Lima
  const ends = [runs[0]?.at(0), runs[0]?.at(-1)];
  assert.equal(runs.length, 1);
  assert.deepEqual(ends.map((end) => end?.map((degrees) => Math.round(degrees * 1000) / 1000)), [[139.692, 35.69], [282.972, -12.043]]);
});

test("every reference of a payload leads somewhere", { skip: absent }, () => {
  for (const page of read()) {
    const leads = (place: number) => place >= 0 && place < page.places.length;
    assert.ok(page.places.every(({ sign }) => sign === undefined || page.signs?.[sign]));
    for (const scene of listScenes(page)) {
      const markers = findLayer(scene, "markers");
      assert.ok((markers?.places ?? []).every(leads));
      assert.ok(!markers?.numbers || markers.numbers.length === markers.places.length);
    }
    if (page.kind !== "story") continue;
    for (const { links } of [page, ...page.steps]) assert.ok(links.every(({ places }) => places.length > 0 && places.every(leads)));
  }
});

test("a step that shows other steps' places does not stand for them", () => {
  const view: [number, number, number, number] = [0, 0, 1, 1];
  const step = (places: number[], numbers: number[]) => ({
    id: "", title: "", links: [], view, layers: [{ kind: "markers" as const, places, numbers }],
  });
  const page = {
    kind: "story", view, layers: [{ kind: "markers", places: [0, 1], numbers: [1, 2] }], places: [{}, {}],
    steps: [step([0], [1]), step([1, 0], [2, 2]), step([0, 1], [1, 2])],
  } as unknown as Payload;
  assert.deepEqual(listVisits(page), [[1, 2], [2]]);
});
