import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { unpackArcs } from "../src/basemap/arcs";
import type { Scale } from "../src/basemap/contract";
import type { DatasetData, StoryPayload } from "../src/contract";
import { middlesOf, shapesOf } from "../src/layers/shapes";

/** Two squares side by side, as `pack_shapes` of `storymap/layers/packing.py` writes them, and a point. */
const NEIGHBOURS: DatasetData = JSON.parse(readFileSync(join(process.cwd(), "..", "..", "tests", "golden", "neighbours.json"), "utf8"));

/** A page whose ground is not asked for. */
const PAGE = {} as StoryPayload;

test("neighbours have the same border", () => {
  const [west, east, point] = shapesOf(NEIGHBOURS, PAGE);
  const has = (ring: readonly (readonly number[])[] | undefined, [x, y]: number[]) => ring?.some((at) => at[0] === x && at[1] === y);
  for (const corner of [[1, 0], [1, 1]]) {
    assert.ok(has(west?.[0], corner));
    assert.ok(has(east?.[0], corner));
  }
  assert.ok(has(west?.[0], [0, 0]) && !has(east?.[0], [0, 0]));
  assert.deepEqual(point, [[[5, 5]]]);
});

test("a shape is unpacked once", () => {
  assert.equal(shapesOf(NEIGHBOURS, PAGE), shapesOf(NEIGHBOURS, PAGE));
});

test("what has no names has no middles", () => {
  assert.deepEqual(middlesOf(NEIGHBOURS), []);
});

test("every feature of a payload has its shape", () => {
  const pages = JSON.parse(readFileSync(join(process.cwd(), "..", "..", "tests", "golden", "payload.json"), "utf8"));
  const page = pages[0] as StoryPayload;
  const [data] = page.data ?? [];
  assert.equal(shapesOf(data as DatasetData, page).length, data?.counts.length);
});

test("countries as the ground has them are made of its arcs", () => {
  // The world is four units wide, and its only arc the first of a country.
  const world = { minZoom: 0, gridZoom: 0, unitZoom: 2, cells: [[0, 0]], arcs: ["%%%)"] } as unknown as Scale;
  const arcs = unpackArcs(world.arcs[0] ?? "", [0, 0]);
  const page = { basemap: { scales: [world] } } as unknown as StoryPayload;
  const [country, other] = shapesOf({ arcs: "", runs: "!", counts: [1, 0], unit: 1, grounded: true }, page);
  assert.deepEqual(country?.[0]?.map(([lon]) => lon), arcs[0]?.map(([x]) => x * 90 - 180));
  assert.deepEqual(other, []);
});
