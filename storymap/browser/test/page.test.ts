import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeText, writeCredits } from "../src/map/credits";
import { decodeFragment } from "../src/page/address";
import { say } from "../src/page/words";

test("an address names its step whatever letters it is written in", () => {
  assert.equal(decodeFragment("#the-call"), "the-call");
  assert.equal(decodeFragment("#plze%C5%88"), "plzeň");
  assert.equal(decodeFragment("#100%"), "100%");
  assert.equal(decodeFragment(""), "");
});

test("credits are text, never markup", () => {
  assert.equal(escapeText(`<img src=x onerror="a('b')">&`), "&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;");
  const line = writeCredits(["<b>Me</b>"], { url: 'about.html" onclick="x', label: "About <this>" });
  assert.doesNotMatch(line, /<b>|<this>|" onclick/);
});

test("a phrase is filled, and a slot without a value stays as it is", () => {
  const words = { place_in_step: "{place}, step {step}: {title}" };
  assert.equal(say(words, "place_in_step", { place: "Prague", step: 2, title: "{place}" }), "Prague, step 2: {place}");
  assert.equal(say(words, "place_in_step", { place: "Prague" }), "Prague, step {step}: {title}");
});
