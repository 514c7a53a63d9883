import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Basemap, Scale, SettlementColumns } from "../src/basemap/contract";
import { unpackRuns } from "../src/map/leg-runs";
import { unpackNames } from "../src/labels/names";
import {
  PAYLOAD_VERSION, type LegData, type LinkData, type Payload, type PlaceData, type StepData, type StoryCardData,
} from "../src/contract";

/** The payload that Python's tests write and hold; run from the browser's folder. */
const GOLDEN = join(process.cwd(), "..", "..", "tests", "golden", "payload.json");

/** The keys of a contract: the compiler refuses a list that lacks one or has one too many. */
function keysOf<T extends object>(keys: Record<keyof T, true>): string[] {
  return Object.keys(keys).sort();
}

const PAYLOAD = keysOf<Payload>({
  version: true, kind: true, lang: true, strings: true, view: true, maxZoom: true, places: true, legs: true, steps: true,
  stories: true, tiles: true, about: true, basemap: true,
});
const PLACE = keysOf<PlaceData>({
  id: true, name: true, town: true, at: true, shape: true, url: true, steps: true, stories: true,
});
const LEG = keysOf<LegData>({ parts: true, digits: true, style: true, step: true, story: true, within: true });
const STEP = keysOf<StepData>({
  id: true, title: true, view: true, moves: true, places: true, highlight: true, links: true,
});
const LINK = keysOf<LinkData>({ view: true, places: true, at: true });
const CARD = keysOf<StoryCardData>({ id: true, title: true, url: true, view: true, places: true });
const BASEMAP = keysOf<Basemap>({ scales: true, settlements: true, countries: true, waters: true, credits: true });
const SETTLEMENTS = keysOf<SettlementColumns>({ names: true, at: true, zooms: true, sizes: true });
const SCALE = keysOf<Scale>({
  minZoom: true, gridZoom: true, unitZoom: true, cells: true, arcs: true, land: true, lakes: true, coast: true,
  shores: true, rivers: true, regions: true, borders: true, highlights: true,
});
/** What a scale has in any case; of the rest it has what its cells have. */
const SCALE_CORE = ["minZoom", "gridZoom", "unitZoom", "cells", "arcs"];

const absent = existsSync(GOLDEN) ? false : "tests/golden/payload.json is not there";

test("what Python writes is what the browser's contract says", { skip: absent }, () => {
  const payload = JSON.parse(readFileSync(GOLDEN, "utf-8")) as Payload;
  const holds = (value: object, keys: string[]) => assert.deepEqual(Object.keys(value).sort(), keys);
  holds(payload, PAYLOAD);
  assert.equal(payload.version, PAYLOAD_VERSION);
  holds(payload.basemap, BASEMAP);
  holds(payload.basemap.settlements, SETTLEMENTS);
  assert.deepEqual(unpackNames(payload.basemap).settlements, [[10, 53.5, "Somewhere", 2, 4], [-0.128, 51.507, "Far", 11, 0]]);
  for (const scale of payload.basemap.scales) {
    const keys = Object.keys(scale);
    assert.deepEqual(keys.filter((key) => !SCALE.includes(key)), []);
    assert.deepEqual(SCALE_CORE.filter((key) => !keys.includes(key)), []);
    const texts = Object.entries(scale).flatMap(([key, value]) =>
      key === "highlights" ? Object.values(value as object) : SCALE_CORE.includes(key) ? [] : [value as unknown],
    );
    for (const each of [scale.arcs, ...texts] as string[][]) assert.equal(each.length, scale.cells.length);
  }
  for (const place of payload.places) holds(place, PLACE);
  for (const leg of payload.legs) holds(leg, LEG);
  // From Tokyo to Lima, over 180° in one run.
  const runs = unpackRuns(payload.legs[0] as LegData);
  const ends = [runs[0]?.at(0), runs[0]?.at(-1)];
  assert.equal(runs.length, 1);
  assert.deepEqual(ends.map((end) => end?.map((degrees) => Math.round(degrees * 1000) / 1000)), [[139.692, 35.69], [282.972, -12.043]]);
  for (const card of payload.stories) holds(card, CARD);
  for (const step of payload.steps) {
    holds(step, STEP);
    for (const link of step.links) holds(link, LINK);
  }
});

test("every reference of the payload leads somewhere", { skip: absent }, () => {
  const { places, steps, stories, legs } = JSON.parse(readFileSync(GOLDEN, "utf-8")) as Payload;
  const within = (list: readonly unknown[]) => (index: number) => index >= 0 && index < list.length;
  for (const step of steps) {
    assert.ok(step.places.every(within(places)));
    for (const link of step.links) assert.ok(link.places.every(within(places)));
  }
  for (const place of places) assert.ok(place.steps.every(within(steps)) && place.stories.every(within(stories)));
  for (const { step, story } of legs) {
    assert.ok(step === -1 || within(steps)(step));
    assert.ok(story === -1 || within(stories)(story));
  }
});
