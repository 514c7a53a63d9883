import assert from "node:assert/strict";
import { test } from "node:test";
import type { Colours } from "../src/basemap/colours";
import { paintMap, type Brush } from "../src/basemap/paint";
import type { TilePaths } from "../src/basemap/paths";

const COLOURS = new Proxy({}, { get: (_, name) => String(name) }) as Colours;
const PATH = {} as Path2D;

/** A brush that notes what it paints, in order, by colour. */
function makeBrush() {
  const done: string[] = [];
  const brush = {
    fillStyle: "", strokeStyle: "", lineWidth: 0, lineJoin: "", lineCap: "",
    setTransform() {}, setLineDash() {},
    fillRect() { done.push(`fill ${brush.fillStyle}`); },
    fill() { done.push(`fill ${brush.fillStyle}`); },
    stroke() { done.push(`stroke ${brush.strokeStyle}`); },
  };
  return { brush: brush as unknown as Brush, done };
}

function paint(paths: TilePaths, highlighted: string[] = []): string[] {
  const { brush, done } = makeBrush();
  const tile = { x: 0, y: 0, z: 0, left: 0, top: 0, edge: 256, paths };
  paintMap(brush, [tile], {
    width: 256, height: 256, ratio: 1, zoom: 5, colours: COLOURS, highlighted: new Set(highlighted),
  });
  return done;
}

test("the map is painted from the sea up", () => {
  const done = paint({ land: PATH, lakes: PATH, rivers: PATH, borders: PATH, coast: PATH, countries: new Map() });
  assert.deepEqual(done, ["fill sea", "fill land", "fill lake", "stroke river", "stroke border", "stroke coast"]);
});

test("only the countries that the step names are filled, under lakes and borders", () => {
  const countries = new Map([["CZ", PATH], ["US", PATH]]);
  const done = paint({ land: PATH, lakes: PATH, countries }, ["CZ"]);
  assert.deepEqual(done, ["fill sea", "fill land", "fill highlight", "fill lake"]);
});

test("where nothing is baked there is sea", () => {
  assert.deepEqual(paint({ countries: new Map() }), ["fill sea"]);
});
