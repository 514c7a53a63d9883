import { test } from "node:test";
import assert from "node:assert/strict";
import { bendName, canBend, findRun } from "../src/streets/along";
import { listEnds } from "../src/streets/ends";
import { joinPieces, measureLine } from "../src/streets/centrelines";

const line = (name: number, ...points: (readonly [number, number])[]) => ({ kind: "minor", name, points: points.map(([x, y]) => ({ x, y })) });

test("pieces of a street that a cell has cut are one line, and a side street is not, as in stills", () => {
  const joined = joinPieces([
    line(3, [0, 0], [104, 0]), line(3, [200, 8], [96, 0]), line(3, [100, 0], [100, 90]), line(4, [204, 8], [300, 8]),
  ], 9);
  assert.deepEqual(joined, [line(3, [200, 8], [100, 0], [0, 0]), line(3, [100, 0], [100, 90]), line(4, [204, 8], [300, 8])]);
});

test("a name goes around a bend letter by letter, and not around a corner, as in stills", () => {
  const arc = Array.from({ length: 64 }, (_, turn) => ({ x: 200 - 150 * Math.cos(turn / 20), y: 200 - 150 * Math.sin(turn / 20) }));
  const long = measureLine(arc);
  assert.equal(findRun(arc, long, 146, 0.5), undefined);
  for (const points of [arc, [...arc].reverse()]) {
    const runs = bendName(points, long, Array<number>(20).fill(7), 11, 0.5);
    assert.ok(runs);
    assert.ok(runs.every(({ x, y }) => Math.abs(Math.hypot(x - 200, y - 200) - 150) < 3));
    assert.ok(runs.every(({ x }, index) => !index || x > (runs[index - 1]?.x ?? 0)));
  }
  const corner = [{ x: 0, y: 0 }, { x: 80, y: 0 }, { x: 80, y: 80 }];
  assert.equal(bendName(corner, 160, Array<number>(9).fill(14), 11, 0.5), undefined);
});

test("letters that are joined are not turned one by one", () => {
  assert.ok(canBend("Plac Żeromskiego – Площа 1"));
  assert.ok(canBend("清华西路"));
  assert.ok(!canBend("شارع"));
  assert.ok(!canBend("e\u0301"));
});

test("streets fade out where they end, and nowhere else, as in stills", () => {
  const ends = listEnds([[0, 0, 100, 100], [100, 0, 200, 60], [0, 100, 100, 300]], 20, { width: 500, height: 500 });
  assert.deepEqual(ends.map(({ strip, side }) => [...strip, side].join(" ")).sort(), [
    "0 0 100 20 1", "0 0 20 100 0", "0 100 20 300 0", "0 280 100 300 3", "100 0 200 20 1", "100 40 200 60 3", "180 0 200 60 2",
    "80 100 100 300 2", "80 60 100 100 2",
  ]);
  assert.deepEqual(listEnds([[-40, -40, 600, 600]], 20, { width: 500, height: 500 }), []);
});
