import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/labels.json";
import { arrangeLabels, boxBeside, type LabelWish, type Side } from "../src/labels/arrange";
import { boxAround, boxesAlong, edgeBoxes, meets, type ScreenBox } from "../src/labels/boxes";
import { findRoom } from "../src/labels/declutter";

const AREA: ScreenBox = { left: 0, top: 0, right: 800, bottom: 600 };

function wish(x: number, y: number, more: Partial<LabelWish> = {}): LabelWish {
  return { x, y, width: 60, height: 12, reach: 3, claims: true, sides: ["right", "left", "above", "below"], ...more };
}

for (const { name, area: [left = 0, top = 0, right = 0, bottom = 0], taken, avoided = [], most, wishes, placed } of cases) {
  test(`as in stills: ${name}`, () => {
    const asked = wishes.map((each): LabelWish => ({ ...each, sides: each.sides as Side[] }));
    const boxes = taken.map((box) => toBox(box));
    const found = arrangeLabels(asked, { taken: boxes, avoided: avoided.map((box) => toBox(box)), area: { left, top, right, bottom }, most });
    assert.deepEqual(found.map(({ wish, side }) => [asked.indexOf(wish), side]), placed.map(({ wish, side }) => [wish, side]));
    for (const [index, { box }] of found.entries()) {
      const wanted = toBox(placed[index]?.box ?? []);
      for (const edge of ["left", "top", "right", "bottom"] as const) assert.ok(Math.abs(box[edge] - wanted[edge]) < 1e-9);
    }
  });
}

function toBox([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): ScreenBox {
  return { left, top, right, bottom };
}

test("no two labels meet, however many wish to stand close together", () => {
  const wishes = Array.from({ length: 400 }, (_, index) => wish((index * 37) % 800, (index * 53) % 600));
  const placed = arrangeLabels(wishes, { taken: [], area: AREA });
  assert.ok(placed.length > 20);
  for (const [index, { box }] of placed.entries()) {
    for (const other of placed.slice(index + 1)) assert.equal(meets(box, other.box), false);
  }
});

test("no label covers another's dot", () => {
  const placed = arrangeLabels([wish(100, 100), wish(130, 100), wish(118, 108)], { taken: [], area: AREA });
  for (const { box, wish: own } of placed) {
    for (const { wish: other } of placed) {
      if (other !== own) assert.equal(meets(box, boxAround(other.x, other.y, other.reach)), false);
    }
  }
});

test("nothing stands where a marker does", () => {
  const marker = boxAround(100, 100, 14);
  const placed = arrangeLabels([wish(100, 100), wish(80, 100)], { taken: [marker], area: AREA });
  assert.equal(placed.length, 1);
  assert.equal(placed[0]?.side, "left");
});

test("the more important label is placed, the other gives way", () => {
  const centred: Partial<LabelWish> = { sides: ["centre"], reach: 0, claims: false };
  const placed = arrangeLabels([wish(100, 100, centred), wish(110, 100, centred)], { taken: [], area: AREA });
  assert.deepEqual(placed.map(({ wish: { x } }) => x), [100]);
});

test("a label stays within its area whole", () => {
  const placed = arrangeLabels([wish(790, 300), wish(5, 5), wish(400, 598)], { taken: [], area: AREA });
  for (const { box } of placed) assert.ok(box.left >= 0 && box.right <= 800 && box.top >= 0 && box.bottom <= 600);
  assert.equal(placed[0]?.side, "left");
});

test("no label is cut by the map's edge: it stands on it whole or beyond it", () => {
  const wide = { left: -120, top: -120, right: 920, bottom: 720 };
  const placed = arrangeLabels([wish(780, 300, { sides: ["right"] })], { taken: edgeBoxes(800, 600), area: wide });
  assert.equal(placed.length, 0);
});

test("each side lies beside the point without touching the mark", () => {
  for (const side of ["right", "left", "above", "below"] as const) {
    assert.equal(meets(boxBeside(wish(100, 100), side), boxAround(100, 100, 3)), false);
  }
});

test("boxes along a line leave no gap in which a name could stand", () => {
  const boxes = boxesAlong([{ x: 0, y: 0 }, { x: 300, y: 120 }], 5);
  for (let share = 0; share <= 1; share += 0.01) {
    const name = { left: 300 * share - 30, right: 300 * share + 30, top: 120 * share - 6, bottom: 120 * share + 6 };
    assert.ok(boxes.some((box) => meets(box, name)));
  }
});

test("of markers that stand on one another the highest is full and the rest are dots", () => {
  const marks = [{ x: 10, y: 10, rank: 0 }, { x: 12, y: 10, rank: 1 }, { x: 100, y: 10, rank: 0 }];
  assert.deepEqual(findRoom(marks, 12), [false, true, true]);
});
