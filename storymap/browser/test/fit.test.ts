import assert from "node:assert/strict";
import { test } from "node:test";
import type { Box } from "../src/contract";
import { fitBox, flightSeconds, type Camera, type Frame } from "../src/views/fit";
import { projectX, projectY, unwrapBox } from "../src/views/mercator";

const MAP = { width: 1440, height: 900 };
const BESIDE_TEXT: Frame = { left: 620, top: 48, width: 764, height: 804 };
const ZOOMS = { min: 0, max: 22 };

/** Where the corners of `box` lie on the screen. */
function cornersOf(box: Box, { lon, lat, zoom }: Camera) {
  const pixels = 256 * 2 ** zoom;
  const [west, south, east, north] = unwrapBox(box);
  const shift = 360 * Math.round((lon - (west + east) / 2) / 360);
  const x = (each: number) => (projectX(each + shift) - projectX(lon)) * pixels + MAP.width / 2;
  const y = (each: number) => (projectY(each) - projectY(lat)) * pixels + MAP.height / 2;
  return { left: x(west), right: x(east), top: y(north), bottom: y(south) };
}

test("a wide box spans the frame from side to side and stands in its middle", () => {
  const box: Box = [-90, 30, 30, 60];
  const { left, right, top, bottom } = cornersOf(box, fitBox(box, BESIDE_TEXT, MAP, ZOOMS));
  assert.ok(Math.abs(left - 620) < 1e-6 && Math.abs(right - 1384) < 1e-6);
  assert.ok(Math.abs((top + bottom) / 2 - 450) < 1e-6);
});

test("a tall box spans the frame from top to bottom and stands in its middle", () => {
  const box: Box = [14, 40, 15, 60];
  const { left, right, top, bottom } = cornersOf(box, fitBox(box, BESIDE_TEXT, MAP, ZOOMS));
  assert.ok(Math.abs(top - 48) < 1e-6 && Math.abs(bottom - 852) < 1e-6);
  assert.ok(Math.abs((left + right) / 2 - (620 + 764 / 2)) < 1e-6);
});

test("a box across 180° is framed whole, not the rest of the world", () => {
  const box: Box = [139, -12, -77, 36];
  const { left, right } = cornersOf(box, fitBox(box, BESIDE_TEXT, MAP, ZOOMS));
  assert.ok(Math.abs(right - left - 764) < 1e-6);
});

test("the copy of the world nearest to where the map looks is chosen", () => {
  const box: Box = [13, 49, 15, 51];
  const whole = { left: 0, top: 0, ...MAP };
  assert.ok(Math.abs(fitBox(box, whole, MAP, ZOOMS, 330).lon - 374) < 1e-6);
  assert.ok(Math.abs(fitBox(box, whole, MAP, ZOOMS, 0).lon - 14) < 1e-6);
});

test("no view is closer than the map can serve, and a point is a view too", () => {
  const camera = fitBox([14.43, 50.08, 14.43, 50.08], BESIDE_TEXT, MAP, { min: 0, max: 11 });
  assert.equal(camera.zoom, 11);
});

test("a farther flight takes longer, within bounds", () => {
  const prague = { lon: 14.4, lat: 50.1, zoom: 9 };
  const near = flightSeconds(prague, { lon: 14.5, lat: 50.1, zoom: 9 }, MAP);
  const ocean = flightSeconds(prague, { lon: -77, lat: 38.9, zoom: 9 }, MAP);
  assert.ok(near < ocean);
  assert.ok(near >= 0.5 && ocean <= 2.6);
  assert.ok(flightSeconds(prague, prague, MAP) >= 0.5);
});
