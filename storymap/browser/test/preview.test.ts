import assert from "node:assert/strict";
import { test } from "node:test";
import { digitsAt, writePoint, writeView, type Seen } from "../src/preview/fields";
import { countMistakes, readState } from "../src/preview/state";
import { fitBox, type Camera } from "../src/views/fit";
import { projectX, projectY, unprojectX, unprojectY } from "../src/views/mercator";

/** What a frame of `width` by `height` pixels around `camera` shows. */
function see(camera: Camera, width = 800, height = 600, more: Partial<Seen> = {}): Seen {
  const world = 256 * 2 ** camera.zoom;
  const x = projectX(camera.lon);
  const y = projectY(camera.lat);
  return {
    camera,
    west: unprojectX(x - width / 2 / world), east: unprojectX(x + width / 2 / world),
    north: unprojectY(y - height / 2 / world), south: unprojectY(y + height / 2 / world),
    frame: { width, height }, closest: 10, whole: false, ...more,
  };
}

test("a frame of the reference size is given by its own centre and zoom", () => {
  const { centre, tooClose } = writeView(see({ lon: 14.4306, lat: 50.079, zoom: 7.5 }));
  assert.equal(centre, "center: 50.0790, 14.4306\nzoom: 7.5");
  assert.equal(tooClose, false);
});

test("a smaller frame shows what the reference frame shows at a closer zoom, and the other way round", () => {
  assert.match(writeView(see({ lon: 0, lat: 0, zoom: 5 }, 400, 600)).centre, /zoom: 6$/);
  assert.match(writeView(see({ lon: 0, lat: 0, zoom: 5 }, 1600, 1200)).centre, /zoom: 4$/);
});

test("no view comes closer than the map is drawn", () => {
  const { centre, tooClose } = writeView(see({ lon: 0, lat: 0, zoom: 10 }, 400, 300));
  assert.match(centre, /zoom: 10$/);
  assert.equal(tooClose, true);
});

test("a world that is smaller than the frame has edges but no centre", () => {
  const { centre, bounds } = writeView(see({ lon: 14, lat: 10, zoom: 1 }, 1200, 500));
  assert.equal(centre, "");
  assert.match(bounds, /^bounds: \[-180, -[\d.]+, 180, [\d.]+\]$/);
  assert.match(writeView(see({ lon: 170, lat: 10, zoom: 1 }, 1200, 500)).bounds, /^bounds: \[-9\.99, .*, -10\.01, /);
});

test("edges wrap at 180° and stay on the map", () => {
  const [west, south, east, north] = readBounds(writeView(see({ lon: 179, lat: 84, zoom: 4 })).bounds);
  assert.ok(west > 140 && west < 180 && east < -140 && east > -180);
  assert.ok(south < north && north <= 85.05);
  const turned = writeView(see({ lon: 179 + 720, lat: 84, zoom: 4 })).bounds;
  assert.deepEqual(readBounds(turned), [west, south, east, north]);
});

test("edges are rounded inwards: they give the zoom that was seen, or a little more", () => {
  for (const zoom of [3, 5, 8]) {
    const camera = { lon: 14.43, lat: 50.08, zoom };
    const [west, south, east, north] = readBounds(writeView(see(camera, 700, 500, { whole: true })).bounds);
    const frame = { left: 0, top: 0, width: 700, height: 500 };
    const found = fitBox([west, south, east, north], frame, { width: 700, height: 500 }, { min: 0, max: 18 });
    assert.ok(found.zoom >= zoom && found.zoom < zoom + 0.2);
  }
});

test("a point has its latitude first in text and its longitude first in GeoJSON", () => {
  const { place, link, feature } = writePoint(14.43056, 50.07904, 9);
  assert.equal(place, "place: 50.0790, 14.4306");
  assert.equal(link, "[this place](geo:50.0790,14.4306)");
  assert.deepEqual(JSON.parse(feature), {
    type: "Feature",
    properties: { name: "New place" },
    geometry: { type: "Point", coordinates: [14.4306, 50.079] },
  });
});

test("a point on another copy of the world, or at its seam, is where it is", () => {
  assert.equal(writePoint(-181.5, -10, 5).place, "place: -10.000, 178.500");
  assert.equal(writePoint(179.99999, 0, 5).place, "place: 0.000, -180.000");
  assert.equal(writePoint(359.9999999, -0.00001, 5).place, "place: 0.000, 0.000");
});

test("no more digits than the zoom can tell apart", () => {
  assert.deepEqual([-2, 0, 5, 9, 10, 18, 30].map(digitsAt), [1, 1, 3, 4, 4, 6, 6]);
});

test("mistakes are counted by how bad they are", () => {
  const { problems } = readState(
    '{"version": "", "failed": true, "problems": [{"severity": "error", "headline": "a", "source": [], "help": []}, ' +
      '{"severity": "warning", "headline": "b", "source": [], "help": []}, ' +
      '{"severity": "error", "headline": "c", "source": [], "help": []}]}',
  );
  assert.equal(countMistakes(problems), "2 errors, 1 warning");
  assert.equal(countMistakes(problems.slice(1, 2)), "1 warning");
  assert.equal(countMistakes([]), "");
});

function readBounds(line: string): [number, number, number, number] {
  return JSON.parse(line.replace("bounds: ", "")) as [number, number, number, number];
}
