import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCellPicker } from "../src/basemap/window";

const SCALES = [
  { minZoom: 0, gridZoom: 0, cells: [[0, 0]] as [number, number][] },
  { minZoom: 4, gridZoom: 4, cells: [[8, 5], [9, 5]] as [number, number][] },
  { minZoom: 6, gridZoom: 6, cells: [[34, 21]] as [number, number][] },
];
const pick = makeCellPicker(SCALES);

/** A small window whose middle lies at a share of the world's width and height. */
function windowAt(x: number, y: number, zoom: number, size = 40) {
  const world = 256 * 2 ** zoom;
  return { x: x * world - size / 2, y: y * world - size / 2, zoom, width: size, height: size };
}

function numbers(...at: Parameters<typeof windowAt>): number[] {
  return pick(windowAt(...at)).map(({ number }) => number);
}

test("a window is painted from the finest scale that serves its zoom and covers it", () => {
  assert.deepEqual(numbers(8.5 / 16, 5.5 / 16, 3.4), [0], "the second scale serves from zoom 3.5");
  assert.deepEqual(numbers(8.5 / 16, 5.5 / 16, 3.5), [1]);
  assert.deepEqual(numbers(34.5 / 64, 21.5 / 64, 5.4), [1]);
  assert.deepEqual(numbers(34.5 / 64, 21.5 / 64, 9), [2]);
  assert.deepEqual(numbers(0.1, 0.1, 12), [0], "beyond every cell the world remains");
});

test("where a scale's cells end the coarser ones are painted before it", () => {
  assert.deepEqual(numbers(35 / 64, 21.5 / 64, 7), [1, 2]);
  assert.deepEqual(numbers(8 / 16, 5.5 / 16, 4), [0, 1]);
});

test("a window over several cells gets all of them", () => {
  const [found] = pick(windowAt(9 / 16, 5.5 / 16, 4));
  assert.ok(found?.whole);
  assert.deepEqual(found.cells.map(({ index, column, row }) => [index, column, row]), [[0, 8, 5], [1, 9, 5]]);
});

test("beyond 180° the world begins again, beyond the poles there is nothing", () => {
  const [world] = pick({ x: -300, y: -100, zoom: 1, width: 1200, height: 800 });
  assert.ok(world?.whole);
  assert.deepEqual(world.cells.map(({ index, column }) => [index, column]), [[0, -1], [0, 0], [0, 1]]);
  assert.equal(world.edge, 512);
});
