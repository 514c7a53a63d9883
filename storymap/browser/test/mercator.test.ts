import assert from "node:assert/strict";
import { test } from "node:test";
import { joinAcross180, nearestCopy, projectX, projectY, unprojectX, unprojectY, unwrapBox } from "../src/views/mercator";

test("a point projected and back is itself", () => {
  for (const [lon, lat] of [[14.43, 50.08], [-77.05, 38.89], [179.9, -84], [-180, 0]] as const) {
    assert.ok(Math.abs(unprojectX(projectX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(unprojectY(projectY(lat)) - lat) < 1e-9);
  }
});

test("a latitude beyond the map's end is taken to its end", () => {
  assert.ok(Math.abs(projectY(90)) < 1e-9);
  assert.ok(Math.abs(projectY(-90) - 1) < 1e-9);
});

test("a box across 180° has its eastern edge east of its western one", () => {
  assert.deepEqual(unwrapBox([170, -20, -170, -10]), [170, -20, 190, -10]);
  assert.deepEqual(unwrapBox([10, 0, 20, 5]), [10, 0, 20, 5]);
});

test("the copy of a longitude that lies nearest is chosen", () => {
  assert.equal(nearestCopy(-77, 139), 283);
  assert.equal(nearestCopy(139, -77), -221);
  assert.equal(nearestCopy(14, 374), 374);
  assert.equal(nearestCopy(14, 20), 14);
});

test("a line cut at 180° runs on past it, whichever way it goes", () => {
  const east = joinAcross180([[[140, 35], [180, 30]], [[-180, 30], [-77, -12]]]);
  assert.deepEqual(east, [[[140, 35], [180, 30], [283, -12]]]);
  const west = joinAcross180([[[-77, -12], [-180, 30]], [[180, 30], [140, 35]]]);
  assert.deepEqual(west, [[[-77, -12], [-180, 30], [-220, 35]]]);
});

test("parts that do not meet stay apart, and an empty part is nothing", () => {
  const parts = joinAcross180([[[0, 0], [10, 0]], [], [[20, 5], [30, 5]]]);
  assert.equal(parts.length, 2);
});
