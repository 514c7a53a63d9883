import assert from "node:assert/strict";
import { test } from "node:test";
import { makeScalePicker } from "../src/basemap/scales";
import { tileWindow } from "../src/basemap/tiling";

const SCALES = [
  { minZoom: 0, gridZoom: 0, cells: [[0, 0]] as [number, number][] },
  { minZoom: 4, gridZoom: 4, cells: [[8, 5]] as [number, number][] },
  { minZoom: 7, gridZoom: 6, cells: [[34, 21]] as [number, number][] },
];

test("a tile is painted from the finest scale that holds the cell over it", () => {
  const pick = makeScalePicker(SCALES);
  assert.equal(pick({ z: 3, x: 4, y: 2 }), 0);
  assert.equal(pick({ z: 4, x: 8, y: 5 }), 1);
  assert.equal(pick({ z: 6, x: 34, y: 21 }), 1, "the third scale begins at zoom 7");
  assert.equal(pick({ z: 7, x: 69, y: 43 }), 2);
  assert.equal(pick({ z: 7, x: 66, y: 43 }), 1, "its cell is not held");
  assert.equal(pick({ z: 12, x: 0, y: 0 }), 0, "beyond every cell the world remains");
});

test("the tiles of a window cover it without a gap", () => {
  const window = { x: 1000.5, y: 300.25, zoom: 3.4, width: 900, height: 700 };
  const tiles = tileWindow(window);
  assert.ok(tiles.every(({ z }) => z === 3));
  const edge = tiles[0]?.edge as number;
  assert.ok(edge >= 256 && edge < 512);
  for (let x = 0; x < 900; x += 50) {
    for (let y = 0; y < 700; y += 50) {
      const over = tiles.filter(({ left, top }) => x >= left && x < left + edge && y >= top && y < top + edge);
      assert.equal(over.length, 1);
    }
  }
});

test("beyond 180° the world begins again, beyond the poles there is nothing", () => {
  const tiles = tileWindow({ x: -300, y: -100, zoom: 1, width: 1200, height: 800 });
  assert.deepEqual([...new Set(tiles.map(({ x }) => x))].sort(), [0, 1]);
  assert.deepEqual([...new Set(tiles.map(({ y }) => y))].sort(), [0, 1]);
  assert.ok(tiles.some(({ left }) => left < 0));
});
