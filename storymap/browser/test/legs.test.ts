import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLegState } from "../src/map/legs";

test("the leg into a step is drawn, those before stay quietly, the way ahead is not shown", () => {
  assert.equal(chooseLegState(3, 3, "story"), "active");
  assert.equal(chooseLegState(2, 3, "story"), "quiet");
  assert.equal(chooseLegState(4, 3, "story"), "hidden");
});

test("the opening shows the whole way", () => {
  assert.equal(chooseLegState(7, 0, "story"), "quiet");
});

test("among many stories the lit one's way is the only one", () => {
  assert.equal(chooseLegState(2, 2, "atlas", true), "active");
  assert.equal(chooseLegState(1, 2, "atlas", true), "hidden");
  assert.equal(chooseLegState(1, 0, "atlas", true), "hidden");
});

test("on the atlas of few the lit story's way comes forward and no way is ever hidden", () => {
  assert.equal(chooseLegState(2, 2, "atlas"), "active");
  assert.equal(chooseLegState(2, 1, "atlas"), "quiet");
  assert.equal(chooseLegState(1, 2, "atlas"), "quiet");
  assert.equal(chooseLegState(1, 0, "atlas"), "quiet");
});
