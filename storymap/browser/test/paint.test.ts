import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapPaths } from "../src/basemap/cells";
import type { Colours } from "../src/basemap/colours";
import { paintMap, type Brush } from "../src/basemap/paint";
import type { Sheet } from "../src/basemap/sheets";

const COLOURS = new Proxy({}, { get: (_, name) => String(name) }) as Colours;
const PATH = {} as Path2D;

/** A brush that notes what it paints, in order, by colour. */
function makeBrush() {
  const done: string[] = [];
  const brush = {
    fillStyle: "", strokeStyle: "", lineWidth: 0, lineJoin: "", lineCap: "",
    setTransform() {}, setLineDash() {}, save() {}, beginPath() {},
    restore() { done.push("restore"); },
    rect(...box: number[]) { done.push(`rect ${box.join(" ")}`); },
    clip() { done.push("clip"); },
    fillRect() { done.push(`fill ${brush.fillStyle}`); },
    fill() { done.push(`fill ${brush.fillStyle}`); },
    stroke() { done.push(`stroke ${brush.strokeStyle} ${brush.lineWidth.toFixed(3)}`); },
  };
  return { brush: brush as unknown as Brush, done };
}

function paint(
  sheets: (Partial<Sheet> & { paths: MapPaths })[], highlighted: string[] = [], south = 256, borders = true,
): string[] {
  const { brush, done } = makeBrush();
  const placed = sheets.map((sheet) => ({ scale: 1, left: 0, top: 0, ...sheet }));
  paintMap(brush, placed, {
    width: 256, height: 256, ratio: 2, zoom: 2, colours: COLOURS, highlighted: new Set(highlighted), borders, south,
  });
  return done;
}

test("a sheet is painted from the sea up", () => {
  const paths = { land: PATH, lakes: PATH, rivers: PATH, borders: PATH, coast: PATH, countries: new Map() };
  const done = paint([{ paths }]).map((note) => note.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(
    done, ["fill sea", "fill land", "fill lake", "stroke river", "stroke border", "stroke coast", "restore"],
  );
});

test("without borders those of countries and regions are left out, and no others", () => {
  const paths = { land: PATH, rivers: PATH, borders: PATH, regions: PATH, coast: PATH, countries: new Map() };
  const done = paint([{ paths }], [], 256, false).map((note) => note.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(done, ["fill sea", "fill land", "stroke river", "stroke coast", "restore"]);
});

test("only the countries that the step names are filled, under lakes and borders", () => {
  const countries = new Map([["CZ", PATH], ["US", PATH]]);
  const done = paint([{ paths: { land: PATH, lakes: PATH, countries } }], ["CZ"]);
  assert.deepEqual(done, ["fill sea", "fill land", "fill highlight", "fill lake", "restore"]);
});

test("where nothing is baked there is sea", () => {
  assert.deepEqual(paint([{ paths: { countries: new Map() } }]), ["fill sea", "restore"]);
});

test("beyond the south of the map Antarctica goes on, filled where the step fills it", () => {
  const paths = { countries: new Map() };
  assert.deepEqual(paint([{ paths }], [], 200), ["fill sea", "restore", "fill land"]);
  assert.deepEqual(paint([{ paths }], ["AQ"], 200), ["fill sea", "restore", "fill highlight"]);
});

test("a finer sheet covers the coarser one, sea and all, where it has cells and nowhere else", () => {
  const done = paint([
    { paths: { land: PATH, countries: new Map() } },
    { paths: { land: PATH, countries: new Map() }, boxes: [[10, 10, 50, 50]] },
  ]);
  assert.deepEqual(
    done, ["fill sea", "fill land", "restore", "rect 10 10 50 50", "clip", "fill sea", "fill land", "restore"],
  );
});

test("lines are as bold whatever the units of the sheet", () => {
  const paths = { borders: PATH, countries: new Map() };
  assert.deepEqual(paint([{ paths, scale: 4 }])[1], "stroke border 0.300");
  assert.deepEqual(paint([{ paths, scale: 0.5 }])[1], "stroke border 2.400");
});
