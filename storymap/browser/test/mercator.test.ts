import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/mercator.json";
import {
  joinAcross180, nearestCopy, placeInTurn, projectX, projectY, unprojectX, unprojectY, unwrapBox, widthAt, worldPixels, zoomOf,
} from "../src/views/mercator";

test("points and zooms are where the cases say that Python takes too", () => {
  for (const { lon, lat, x, y, kilometres } of cases.points) {
    assert.ok(Math.abs(projectX(lon) - x) < 1e-12 && Math.abs(projectY(lat) - y) < 1e-12, `${lon}, ${lat}`);
    assert.ok(Math.abs(unprojectX(x) - lon) < 1e-9);
    assert.ok(Math.abs(unprojectY(y) - lat) < 1e-9 || Math.abs(lat) > 85.0511);
    assert.ok(Math.abs(widthAt(lat) - kilometres) < 1e-9);
  }
  for (const { zoom, pixels } of cases.zooms) {
    assert.ok(Math.abs(worldPixels(zoom) / pixels - 1) < 1e-12 && Math.abs(zoomOf(pixels) - zoom) < 1e-12);
  }
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

test("what stands on a map is where it is seen, in whichever turn of the world that is", () => {
  const x = projectX(-122.4);
  const world = worldPixels(15);
  for (const turn of [-1, 0, 1]) {
    const window = { x: (x + turn) * world - 150, width: 390, zoom: 15 };
    assert.ok(Math.abs(placeInTurn(x, window) - 150) < 1e-3, `${turn}`);
  }
});
