import assert from "node:assert/strict";
import { test } from "node:test";
import type { Colours } from "../src/basemap/colours";
import { paintStreets } from "../src/streets/paint";
import type { StreetColours } from "../src/streets/palette";

const NAMED = new Proxy({}, { get: (_, name) => String(name) });
const PATH = {} as Path2D;

/** What is painted of streets that fill a canvas, in order, by colour and width. */
function paint(kinds: readonly string[], zoom: number): string[] {
  const done: string[] = [];
  const brush = {
    fillStyle: "", strokeStyle: "", lineWidth: 0, lineJoin: "", lineCap: "", globalAlpha: 1, canvas: { width: 100, height: 100 },
    setTransform() {}, setLineDash() {}, save() {}, restore() {}, beginPath() {}, rect() {}, clip() {}, fillRect() {},
    fill() { done.push(`fill ${brush.fillStyle}`); },
    stroke() { done.push(`stroke ${brush.strokeStyle} ${brush.lineWidth.toFixed(2)}`); },
  };
  const sheet = {
    paths: new Map(kinds.map((kind) => [kind, PATH])), scale: 0.5, left: 0, top: 0, lines: [], boxes: [[-200, -200, 400, 400]] as [[number, number, number, number]],
  };
  paintStreets(brush as unknown as CanvasRenderingContext2D, [sheet], {
    width: 100, height: 100, ratio: 1, zoom, colours: NAMED as Colours, streets: NAMED as StreetColours,
  });
  return done;
}

test("waters have an outline of their own colour, so that none gets too thin to be seen, and close buildings walls, as in stills", () => {
  assert.deepEqual(paint(["water", "building"], 14), ["fill lake", "stroke lake 2.00", "fill building"]);
  assert.deepEqual(paint(["building"], 16), ["fill building", "stroke wall 1.20"]);
});
