import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/towns.json";
import type { SettlementRow } from "../src/labels/names";
import { findTown } from "../src/labels/towns";

test("a place lies in the most important town whose outskirts it is in, as Python says", () => {
  const rows = cases.settlements as unknown as SettlementRow[];
  for (const { at: [lon = 0, lat = 0], town } of cases.places) {
    assert.equal(findTown(rows, [lon, lat])?.[2] ?? "", town, `${lon}, ${lat}`);
  }
});
