import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/cases/names.json";
import * as figures from "../../figures.json";
import type { MapNames } from "../src/labels/names";
import { wishNames } from "../src/labels/wishes";

const BASEMAP: MapNames = {
  settlements: [[14.42, 50.09, "Prague", 2, 6], [16.6, 49.2, "Brno", 5, 4], [14.65, 50.18, "Brandýs", 9, 1]],
  countries: [[15.3, 49.8, "Czechia", 3, 7]],
  waters: [[-40, 30, "Atlantic Ocean", 0, 4]],
};

const namesAt = (zoom: number) => wishNames(BASEMAP, zoom).map(({ name }) => name);

test("a name shows from its first zoom to its last", () => {
  assert.deepEqual(namesAt(1), ["Atlantic Ocean"]);
  assert.deepEqual(namesAt(2), ["Prague", "Atlantic Ocean"]);
  assert.deepEqual(namesAt(9), ["Prague", "Brno", "Brandýs"]);
});

test("where the world is small countries come before cities, closer in after them", () => {
  assert.deepEqual(namesAt(3), ["Czechia", "Prague", "Atlantic Ocean"]);
  assert.deepEqual(namesAt(6), ["Prague", "Brno", "Czechia"]);
});

test("a capital is marked as one", () => {
  assert.deepEqual(wishNames(BASEMAP, 6).filter(({ capital }) => capital).map(({ name }) => name), ["Prague"]);
});

test("the city that the story is at comes first, and before its zoom", () => {
  const brno = BASEMAP.settlements[1];
  assert.deepEqual(wishNames(BASEMAP, 6, new Set([brno])).map(({ name }) => name), ["Brno", "Prague", "Czechia"]);
  assert.deepEqual(wishNames(BASEMAP, 2, new Set([brno])).map(({ name }) => name), ["Brno", "Prague", "Atlantic Ocean"]);
});

test("names are wished for as in stills, in the same order and letters", () => {
  const rows = { settlements: cases.settlements, countries: cases.countries, waters: cases.waters } as unknown as MapNames;
  for (const { zoom, wishes } of cases.zooms) {
    const found = wishNames(rows, zoom).map(({ name, lettering: { size, spacing, upper }, dot, sides, air }) => ({
      text: upper ? name.toUpperCase() : name, size: Number(size.toFixed(1)), spacing, reach: dot && dot + 1,
      air: air ?? figures.labels.air, sides,
    }));
    assert.deepEqual(found, wishes, `at zoom ${zoom}`);
  }
});
