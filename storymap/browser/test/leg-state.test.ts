import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLegState } from "../src/map/leg-state";

test("the leg into a step is drawn, those before stay quietly, the way ahead is not shown", () => {
  const at = { step: 3, story: null };
  assert.equal(chooseLegState({ step: 3, story: -1 }, at), "active");
  assert.equal(chooseLegState({ step: 2, story: -1 }, at), "quiet");
  assert.equal(chooseLegState({ step: 4, story: -1 }, at), "hidden");
});

test("the opening shows the whole way", () => {
  assert.equal(chooseLegState({ step: 7, story: -1 }, { step: 0, story: null }), "quiet");
});

test("on the atlas the lit story's way comes forward and no way is ever hidden", () => {
  assert.equal(chooseLegState({ step: -1, story: 1 }, { step: 0, story: 1 }), "active");
  assert.equal(chooseLegState({ step: -1, story: 0 }, { step: 0, story: 1 }), "quiet");
  assert.equal(chooseLegState({ step: -1, story: 0 }, { step: 0, story: null }), "quiet");
});
