import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/distances.json";
import { measureNear } from "../src/views/distance";

test("neighbours lie as far apart as Python measures", () => {
  for (const { from: [lon = 0, lat = 0], to: [toLon = 0, toLat = 0], kilometres } of cases) {
    assert.ok(Math.abs(measureNear([lon, lat], [toLon, toLat]) - kilometres) < 1e-9);
  }
});
