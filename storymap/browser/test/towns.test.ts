import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/towns.json";
import type { SettlementRow } from "../src/labels/names";
import { findTown, isLent } from "../src/labels/towns";

test("a place lies in the most important town whose outskirts it is in, as Python says", () => {
  const rows = cases.settlements as unknown as SettlementRow[];
  for (const { at: [lon = 0, lat = 0], town } of cases.places) {
    assert.equal(findTown(rows, [lon, lat])?.[2] ?? "", town, `${lon}, ${lat}`);
  }
});

test("on a close map a marker bears the name of its town only near the dot of that, where it is seen", () => {
  const size = { x: 800, y: 600 };
  const marker = { x: 20, y: 300 };
  assert.ok(isLent(10, size, { x: -900, y: 300 }, marker), "a map of the city and around it");
  assert.ok(isLent(16, size, { x: 40, y: 290 }, marker));
  assert.ok(!isLent(16, size, { x: -30, y: 300 }, marker), "out of sight");
  assert.ok(!isLent(16, size, { x: 500, y: 300 }, marker), "far away");
});
