import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../src/basemap/arcs";
import type { Scale } from "../src/basemap/contract";
import { SheetStore } from "../src/basemap/sheets";
import { NotedPath, notesOf, packArcs, packReferences } from "./baked";

globalThis.Path2D = NotedPath as unknown as typeof Path2D;

const LINE = packReferences([[0]]);

function arcFrom(x: number, y: number): string {
  const arc: Point[] = [[x, y], [x + 1, y]];
  return packArcs([arc]);
}

const WORLD: Scale = { minZoom: 0, gridZoom: 0, unitZoom: 4, cells: [[0, 0]], arcs: [arcFrom(3, 3)], coast: [LINE] };
/** Two cells of 16 units beside each other, of four columns and rows. */
const FINE: Scale = {
  minZoom: 2, gridZoom: 2, unitZoom: 6, cells: [[1, 1], [2, 1]], arcs: [arcFrom(16, 16), arcFrom(33, 17)],
  coast: [LINE, LINE],
};

test("cells are put together from the first one that is seen", () => {
  const [sheet] = new SheetStore({ scales: [WORLD, FINE] }).list({ x: 300, y: 300, zoom: 2, width: 300, height: 100 }, 2);
  assert.equal(notesOf(sheet?.paths.coast), "(0,0:M0,0 L1,0) (16,0:M1,1 L2,1)");
  assert.deepEqual([sheet?.scale, sheet?.left, sheet?.top], [32, 2 * (256 - 300), 2 * (256 - 300)]);
  assert.equal(sheet?.boxes, undefined, "it covers the window");
});

test("what has been put together once serves the next frame, and the world's next turn", () => {
  const store = new SheetStore({ scales: [WORLD, FINE] });
  const window = { x: 300, y: 300, zoom: 2, width: 300, height: 100 };
  const [first] = store.list(window, 1);
  const [second] = store.list({ ...window, x: window.x + 1024 + 7 }, 1);
  assert.equal(second?.paths, first?.paths);
  assert.equal(second?.left, (first?.left ?? 0) - 7);
});

test("a finer sheet keeps to whole pixels within its cells", () => {
  const sheets = new SheetStore({ scales: [WORLD, FINE] }).list(
    { x: 200.5, y: 200.25, zoom: 2, width: 700, height: 400 }, 1,
  );
  assert.deepEqual(sheets.map(({ boxes }) => boxes), [
    undefined,
    [[56, 56, 256, 255], [311, 56, 256, 255]],
  ]);
});

test("the world stands beside itself on a window wider than it is", () => {
  const [sheet] = new SheetStore({ scales: [WORLD] }).list({ x: -10, y: 0, zoom: 0, width: 300, height: 200 }, 1);
  assert.equal(notesOf(sheet?.paths.coast), "(0,0:M3,3 L4,3) (16,0:M3,3 L4,3) (32,0:M3,3 L4,3)");
  assert.equal(sheet?.left, -246);
});

test("the cells of a window are decoded piece by piece, with time in between for the reader, and once", async () => {
  const store = new SheetStore({ scales: [WORLD, FINE] });
  let pauses = 0;
  const pause = async () => { pauses += 1; };
  await store.prepare({ x: 300, y: 300, zoom: 2, width: 100, height: 100 }, pause);
  assert.equal(pauses, 2, "one cell of the finer scale covers the window: its arcs, then its coast");
  await store.prepare(undefined, pause);
  assert.equal(pauses, 6, "the other cell, and the world");
});
