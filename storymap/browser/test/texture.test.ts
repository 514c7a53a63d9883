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

test("built-up land is as large as it is, and larger on the map the closer to the poles", () => {
  assert.ok(listSpots(TOWNS, 6.4).every(({ built }) => built === 0));
  const [prague, , kampala] = listSpots(TOWNS, 9);
  const [closer] = listSpots(TOWNS, 10);
  assert.ok(prague && kampala && closer);
  // 7 km at the equator, where a pixel is 40075 / (256 · 2⁹) km wide.
  assert.ok(Math.abs(kampala.built - 22.9) < 0.1);
  assert.ok(Math.abs(prague.built / kampala.built - 1 / Math.cos((50.09 * Math.PI) / 180)) < 0.001);
  assert.ok(Math.abs(closer.built - 2 * prague.built) < 1e-9);
});
