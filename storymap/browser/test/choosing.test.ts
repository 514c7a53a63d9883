import assert from "node:assert/strict";
import { test } from "node:test";
import type { AtlasPayload, Box } from "../src/contract";
import { matches, readChoice, showStories, uniteBoxes, writeChoice } from "../src/atlas/choosing";

const STORY = { tags: ["salt", "القاهرة"], authors: ["ana"], langs: ["en", "cs"], years: [1914, 1918] as const };

test("a story is chosen by all that is asked of it together", () => {
  assert.ok(matches(STORY, {}));
  assert.ok(matches(STORY, { tag: "القاهرة", author: "ana", lang: "cs", from: "1918", to: "1920" }));
  assert.ok(!matches(STORY, { tag: "sal" }));
  assert.ok(!matches(STORY, { tag: "salt", lang: "fr" }));
  assert.ok(!matches(STORY, { from: "1919" }));
  assert.ok(!matches(STORY, { to: "1913" }));
  assert.ok(!matches({ ...STORY, years: undefined }, { to: "1913" }));
});

test("a choice is the same after a way through an address", () => {
  const choice = { tag: "القاهرة", from: "-44" };
  assert.deepEqual(readChoice(writeChoice(choice)), choice);
  assert.equal(writeChoice({}), "");
  assert.deepEqual(readChoice("?tag=&other=1"), {});
});

test("boxes are united the shorter way round", () => {
  assert.deepEqual(uniteBoxes([[10, 1, 20, 2], [30, 0, 40, 1]]), [10, 0, 40, 2]);
  assert.deepEqual(uniteBoxes([[170, 0, 175, 1], [-178, 0, -170, 1]]), [170, 0, -170, 1]);
  assert.deepEqual(uniteBoxes([[170, 0, -175, 1], [-178, 0, -170, 1]]), [170, 0, -170, 1]);
  assert.deepEqual(uniteBoxes([[-10, 0, 10, 1]]), [-10, 0, 10, 1]);
  assert.deepEqual(uniteBoxes([[-180, 0, 0, 1], [-5, 0, 180, 1]]), [-180, 0, 180, 1]);
});

test("the map has the places of the chosen stories alone, all named where there are few", () => {
  const story = (title: string, places: number[]) => ({
    title, url: "", view: [0, 0, 1, 1] as Box, layers: [{ kind: "markers" as const, places }],
  });
  const place = (name: string) => ({ name, town: true, at: [0, 0] as [number, number] });
  const source = { stories: [story("A", [2, 0]), story("B", [1])], places: ["x", "y", "z"].map(place) };
  const page = { view: [0, 0, 9, 9], layers: [], ...source } as unknown as AtlasPayload;
  const one = showStories(page, source, [0], 6);
  assert.deepEqual(one.places.map(({ name }) => name), ["x", "z"]);
  assert.deepEqual(one.stories[0]?.layers, [{ kind: "markers", places: [1, 0] }]);
  assert.deepEqual(one.layers, [{ kind: "markers", places: [0, 1] }]);
  assert.deepEqual(showStories(page, source, [0, 1], 1).layers, []);
  assert.deepEqual(showStories(page, source, [], 6).view, page.view);
});
