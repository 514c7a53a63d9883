import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DatasetData, StoryPayload } from "../src/contract";
import { middlesOf, shapesOf } from "../src/layers/shapes";

/** Two squares side by side, as `pack_shapes` of `storymap/layers/packing.py` writes them, and a point. */
const NEIGHBOURS: DatasetData = JSON.parse(readFileSync(join(process.cwd(), "..", "..", "tests", "golden", "neighbours.json"), "utf8"));

test("neighbours have the same border", () => {
  const [west, east, point] = shapesOf(NEIGHBOURS);
  const has = (ring: readonly (readonly number[])[] | undefined, [x, y]: number[]) => ring?.some((at) => at[0] === x && at[1] === y);
  for (const corner of [[1, 0], [1, 1]]) {
    assert.ok(has(west?.[0], corner));
    assert.ok(has(east?.[0], corner));
  }
  assert.ok(has(west?.[0], [0, 0]) && !has(east?.[0], [0, 0]));
  assert.deepEqual(point, [[[5, 5]]]);
});

test("a shape is unpacked once", () => {
  assert.equal(shapesOf(NEIGHBOURS), shapesOf(NEIGHBOURS));
});

test("what has no names has no middles", () => {
  assert.deepEqual(middlesOf(NEIGHBOURS), []);
});

test("every feature of a payload has its shape", () => {
  const pages = JSON.parse(readFileSync(join(process.cwd(), "..", "..", "tests", "golden", "payload.json"), "utf8"));
  const [data] = (pages[0] as StoryPayload).data ?? [];
  assert.equal(shapesOf(data as DatasetData).length, data?.counts.length);
});
