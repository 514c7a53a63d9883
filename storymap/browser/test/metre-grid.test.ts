import assert from "node:assert/strict";
import { test } from "node:test";
import { pointAlong } from "../src/map/along";
import { chooseStep } from "../src/map/step";

test("lines of a grid are a round number of metres apart, as on stills", () => {
  for (const [kilometres, step] of [[0.013, 0.02], [0.2, 0.2], [0.21, 0.5], [0.7, 1], [4, 5], [60, 100]] as const) {
    assert.ok(Math.abs(chooseStep(kilometres) - step) < 1e-9, `${kilometres}`);
  }
});

test("a share of a way is a share of its length on the map, over its gaps", () => {
  const runs = [[[0, 0], [2, 0]], [[10, 0], [12, 0]]] as [number, number][][];
  assert.deepEqual(pointAlong(runs, 0), [0, 0]);
  assert.deepEqual(pointAlong(runs, 0.25)?.map((value) => Math.round(value * 1e6) / 1e6), [1, 0]);
  assert.deepEqual(pointAlong(runs, 0.75)?.map((value) => Math.round(value * 1e6) / 1e6), [11, 0]);
  assert.deepEqual(pointAlong(runs, 1), [12, 0]);
  assert.equal(pointAlong([], 0.5), undefined);
});
