import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../src/basemap/arcs";
import { drawCell } from "../src/basemap/cells";
import type { Scale } from "../src/basemap/contract";
import { NotedPath, notesOf, packArcs, packReferences } from "./baked";

globalThis.Path2D = NotedPath as unknown as typeof Path2D;

/** A cell of 16 units at column 1, row 2; `arcs` are in units from its corner. */
function makeScale(arcs: Point[][], more: Partial<Scale>): Scale {
  const packed = packArcs(arcs.map((arc) => arc.map(([x, y]): Point => [x + 16, y + 32])));
  return { minZoom: 2, gridZoom: 2, unitZoom: 6, cells: [[1, 2]], arcs: [packed], ...more };
}

/** A coast from the cell's upper edge to its lower one, and the edge to the west of it. */
const COAST: Point[] = [[8, 0], [6, 4], [10, 12], [8, 16]];
const EDGE: Point[] = [[8, 16], [0, 16], [0, 0], [8, 0]];

const CURVE = "M8,0 L7,2 Q6,4,8,8 Q10,12,9,14 L8,16";

test("an arc is a curve between its ends, and edges of cells stay straight", () => {
  const { land, coast } = drawCell(
    makeScale([COAST, EDGE], { land: [packReferences([[0, 1]])], coast: [packReferences([[0]])] }), 0,
  );
  assert.equal(notesOf(coast), CURVE);
  assert.equal(notesOf(land), `${CURVE} L0,16 L0,0 L8,0 Z`, "the land ends where its coast is");
});

test("between long segments only the corner is rounded", () => {
  const frontier: Point[] = [[100, 100], [140, 100], [140, 140]];
  const { borders } = drawCell(makeScale([frontier], { borders: [packReferences([[0]])] }), 0);
  assert.equal(notesOf(borders), "M100,100 L130,100 Q140,100,140,110 L140,140");
});

test("a corner that was surveyed stays one", () => {
  const frontier: Point[] = [[100, 100], [150, 100], [150, 150]];
  const { borders } = drawCell(makeScale([frontier], { borders: [packReferences([[0]])] }), 0);
  assert.equal(notesOf(borders), "M100,100 L150,100 L150,150");
});

test("each ring is closed on its own", () => {
  const arcs: Point[][] = [[[0, 0], [16, 0], [0, 16], [0, 0]], [[16, 16], [16, 0], [0, 16], [16, 16]]];
  const { lakes } = drawCell(makeScale(arcs, { lakes: [packReferences([[0], [1]])] }), 0);
  assert.equal(notesOf(lakes), "M0,0 L16,0 L0,16 L0,0 Z M16,16 L16,0 L0,16 L16,16 Z");
});

test("a curve is the same backwards", () => {
  const { coast } = drawCell(makeScale([COAST], { coast: [packReferences([[-1]])] }), 0);
  assert.equal(notesOf(coast), "M8,16 L9,14 Q10,12,8,8 Q6,4,7,2 L8,0");
});

test("an island has no corner where its arc closes", () => {
  const island: Point[] = [[4, 4], [8, 4], [8, 8], [4, 4]];
  const { land } = drawCell(makeScale([island], { land: [packReferences([[0]])] }), 0);
  assert.equal(notesOf(land), "M6,4 L7,4 Q8,4,8,6 Q8,8,6,6 Q4,4,5,4 L6,4 Z");
});

test("a line goes on where its next arc begins, and sets out anew elsewhere", () => {
  const arcs: Point[][] = [[[1, 1], [2, 2]], [[2, 2], [3, 1]], [[9, 9], [8, 8]]];
  const { rivers } = drawCell(makeScale(arcs, { rivers: [packReferences([[0, 1, 2]])] }), 0);
  assert.equal(notesOf(rivers), "M1,1 L2,2 L3,1 M9,9 L8,8");
});

test("a country is drawn from its rings, from the land's where it is all of it, or not at all", () => {
  const land = [packReferences([[0, 1]])];
  const { countries } = drawCell(
    makeScale([COAST, EDGE], { land, highlights: { CZ: ["*"], US: [packReferences([[1, 0]])], FR: [""] } }), 0,
  );
  assert.deepEqual([...countries.keys()], ["CZ", "US"]);
  assert.equal(notesOf(countries.get("CZ")), `${CURVE} L0,16 L0,0 L8,0 Z`);
  assert.equal(notesOf(countries.get("US")), "M8,16 L0,16 L0,0 L8,0 L7,2 Q6,4,8,8 Q10,12,9,14 L8,16 Z");
});

test("what a cell does not have is not there", () => {
  assert.deepEqual(drawCell(makeScale([], { arcs: [""], land: [""] }), 0), { countries: new Map() });
});
