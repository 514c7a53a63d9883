import assert from "node:assert/strict";
import { test } from "node:test";
import type { SettlementRow } from "../src/labels/names";
import { listSpots } from "../src/labels/texture";

const TOWNS: SettlementRow[] = [
  [14.42, 50.09, "Prague", 2, 6], [14.65, 50.18, "Brandýs", 9, 1], [32.58, 0.31, "Kampala", 4, 6],
];

test("a map of a continent has no dots beside those of its names", () => {
  assert.deepEqual(listSpots(TOWNS, 5.9), []);
});

test("a settlement is a small dot before it may be named", () => {
  assert.equal(listSpots(TOWNS, 7.7).length, 2);
  const [, before] = listSpots(TOWNS, 7.9);
  const [, after] = listSpots(TOWNS, 9);
  assert.ok(before && after && before.dot < after.dot);
});
