import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/arcs.json";
import { unpackArcs, unpackReferences, type Point } from "../src/basemap/arcs";
import { NumberReader, unfoldSign } from "../src/basemap/numbers";
import { packArcs, packReferences, refer } from "./baked";

test("numbers take as many characters as they need", () => {
  const reader = new NumberReader("!#~O!");
  assert.deepEqual([reader.next(), reader.next()], [0, 1]);
  assert.equal(reader.next(), 44 + 45 * 43, "the digit that another follows stands for its own value");
  assert.equal(reader.done, false);
  assert.equal(reader.next(), 0);
  assert.equal(reader.done, true);
});

test("the sign lies in the lowest bit", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(unfoldSign), [0, -1, 1, -2, 2]);
});

test("arcs are read as they were written, from the cell's corner", () => {
  const arcs: Point[][] = [[[1024, 2048], [1030, 2040], [1024, 2048]], [[3000, 2050], [1025, 2049]], [[1100, 2100]]];
  const moved = arcs.map((arc) => arc.map(([x, y]) => [x - 1024, y - 2048]));
  assert.deepEqual(unpackArcs(packArcs(arcs), [1024, 2048]), moved);
});

test("arcs and rings are read as Python writes them, and as these tests do", () => {
  for (const { text, arcs } of cases.arcs) {
    const points = arcs.map((arc) => arc.map(([x = 0, y = 0]): Point => [x, y]));
    assert.deepEqual(unpackArcs(text, [0, 0]), points);
    assert.equal(packArcs(points), text);
  }
  for (const { text, rings } of cases.rings) {
    assert.deepEqual(unpackReferences(text), rings.map((ring) => ring.map(refer)));
    assert.equal(packReferences(rings), text);
  }
});

test("a cell without arcs is an empty text", () => {
  assert.deepEqual(unpackArcs("", [1024, 0]), []);
  assert.deepEqual(unpackReferences(""), []);
});

test("references are read as they were written, ring by ring, forwards and backwards", () => {
  const rings = [[0, 1, 2, -4], [5], [-1, 200, -202], [3]];
  assert.deepEqual(unpackReferences(packReferences(rings)), rings.map((ring) => ring.map(refer)));
});

test("rings whose arcs follow one another are written in one character each", () => {
  assert.equal(packReferences([[0, 1, 2], [3, 4]]), "!!! !!");
});
