import assert from "node:assert/strict";
import { test } from "node:test";
import { sayLength } from "../src/map/lengths";

test("a scale says lengths as the language of the page writes them", () => {
  assert.equal(sayLength(500, "en"), "500 m");
  assert.equal(sayLength(1000, "cs"), "1 km");
  assert.equal(sayLength(20_000, "uk"), "20 км");
  assert.equal(sayLength(500, "he"), "500 מ׳");
  assert.equal(sayLength(200_000, "ar"), "200 كم");
});
