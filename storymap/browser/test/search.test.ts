import assert from "node:assert/strict";
import { test } from "node:test";

import { stemmer as stemArabic } from "@orama/stemmers/arabic";
import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemCzech } from "../src/search/czech";
import type { SearchIndex } from "../src/search/contract";
import { Engine, makeId } from "../src/search/engine";
import { excerpt, mark, type Run } from "../src/search/marks";
import { fold, readWishes, Splitter } from "../src/search/words";

const write = (runs: readonly Run[]) => runs.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join("");

test("Czech words meet in each of their cases", () => {
  for (const group of [
    "praha praze prahu prahou", "brno brně brna brnem", "výstavba výstavbě výstavbou výstaveb", "řeka řece řekou",
    "plzně plzni", "ostrava ostravě ostravou", "němečtí německý", "města městech městem", "číně čína",
  ]) {
    const words = group.split(" ");
    assert.equal(new Set(words.map((word) => fold(stemCzech(word)))).size, 1, `${group}: ${words.map(stemCzech).join(" ")}`);
  }
});

test("a word is known without its accents, points and vowels", () => {
  assert.deepEqual(["Výstavba", "Łódź", "Straße", "Ærø", "Αθήνα"].map(fold), ["vystavba", "lodz", "strasse", "aero", "αθηνα"]);
  assert.equal(fold("سَفَر"), fold("سفر"));
  assert.equal(fold("أحمد"), fold("احمد"));
});

test("Arabic is found with its article and without it", () => {
  const splitter = new Splitter(["ar", stemArabic]);
  for (const word of ["السفر", "والسفر", "بالسفر", "للسفر", "سَفَرٌ"]) {
    assert.ok(splitter.listForms(word).includes("سفر"), word);
  }
});

test("what is written without blanks is found by any part of it", () => {
  const splitter = new Splitter(["zh"]);
  assert.deepEqual(splitter.listForms("从北京到2008年"), ["从北", "北京", "京到", "到", "2008", "年"]);
  assert.deepEqual(readWishes("北京市", splitter).map(({ form }) => form), ["北京", "京市"]);
  assert.deepEqual(readWishes("京", splitter).map(({ form, isWhole }) => [form, isWhole]), [["京", false]]);
});

const INDEX: SearchIndex = {
  lang: "en",
  readers: ["cs"],
  words: {},
  stories: [
    ["dam", "cs", "Výstavba přehrady", "O řece.", "Jana Nová", [["a", "Začátek", "Brno", "1935"], ["b", "Konec", "Praha", ""]]],
    ["walk", "en", "A walk", "", "", [["a", "In the cities", "Brno", ""]]],
    ["gui", "zh", "去北京", "", "", []],
    ["safar", "ar", "السَّفَر الطويل", "", "", []],
  ],
  texts: [],
  places: [["", "Brno", "Brünn", "town"], ["beijing", "Beijing", "北京", ""]],
  stemmed: ["ar", "cs", "en"],
};
const STEMS = new Map([["cs", stemCzech], ["en", stemEnglish], ["ar", stemArabic]]);
const make = () => new Engine(INDEX, STEMS);
const found = (engine: Engine, query: string) => engine.find(query).map(({ entry }) => `${entry.kind} ${entry.page}`);

test("what is there in several languages is found once, in that of the page", () => {
  const steps = (title: string): SearchIndex["stories"][0][5] => [["the-call", title, "Brno", ""]];
  const engine = new Engine({
    ...INDEX,
    stories: [["call", "en", "A call", "", "", steps("The call")], ["call.cs", "cs", "Hovor", "", "", steps("Hovor")]],
    places: [],
  }, STEMS);
  const pages = (query: string, lang: string) => engine.find(query, lang).map(({ entry }) => entry.page);
  assert.deepEqual(pages("brno", "en"), ["call.html#the-call"]);
  assert.deepEqual(pages("brno", "cs-CZ"), ["cs/call.html#the-call"]);
  assert.deepEqual(pages("brno", "de"), ["call.html#the-call"]);
  assert.ok(pages("hovor", "en").includes("cs/call.html"), "what one language alone has is found from all");
});

test("a place is found by any of its names, and called and shown as the language of the page has it", () => {
  const index: SearchIndex = { ...INDEX, stories: [], places: [["prague", "Prague", "Prag", "", "Praha"], ["", "Brno", "", ""]] };
  const look = (lang: string, query: string) => {
    const [hit] = new Engine(index, STEMS, lang).find(query, lang);
    return hit && [hit.entry.title, hit.entry.page, hit.entry.still];
  };
  for (const query of ["prague", "praha", "prag"]) {
    assert.deepEqual(look("cs-CZ", query), ["Praha", "cs/places/prague.html", "stills/places/prague.cs.svg"]);
    assert.deepEqual(look("en", query), ["Prague", "places/prague.html", "stills/places/prague.svg"]);
  }
  assert.deepEqual(look("cs", "brno"), ["Brno", "cs/places/brno.html", "stills/places/brno.cs.svg"]);
  assert.deepEqual(look("de", "brno"), ["Brno", "places/brno.html", "stills/places/brno.svg"]);
});

test("stories, steps and places are found as a reader types", () => {
  const engine = make();
  for (const query of ["vystavba", "Výstavba", "výst", "výstaveb", "vistavba"]) {
    assert.equal(found(engine, query)[0], "story dam.html", query);
  }
  assert.deepEqual(new Set(found(engine, "Brně")), new Set(["place places/brno.html", "step dam.html#a", "step walk.html#a"]));
  assert.deepEqual(found(engine, "Brně").length, found(engine, "brno").length);
  for (const query of ["北京", "京"]) {
    assert.deepEqual(new Set(found(engine, query)), new Set(["story gui.html", "place places/beijing.html"]), query);
  }
  assert.deepEqual(found(engine, "سفر"), ["story safar.html"]);
  assert.deepEqual(found(engine, "city"), ["step walk.html#a"]);
  assert.deepEqual(found(engine, "nová"), ["story dam.html"]);
  assert.deepEqual(found(engine, ""), []);
  assert.deepEqual(found(engine, "…/?"), []);
});

test("what has every word comes alone; what has any of them where nothing has all", () => {
  const engine = make();
  assert.deepEqual(found(engine, "brno cities"), ["step walk.html#a"]);
  assert.ok(found(engine, "přehrady cities").length >= 2);
});

test("a text that has come is searched, too, and cut to where the words are", () => {
  const engine = make();
  assert.deepEqual(engine.listUnread(), ["dam", "walk", "gui", "safar"]);
  engine.addText("dam", ["Úvod.", `${"Slovo za slovem. ".repeat(20)}Dělníci přišli z Ostravy. ${"A dál. ".repeat(40)}`, ""]);
  engine.addText("dam", ["twice"]);
  engine.addText("nobody", [""]);
  const [hit] = engine.find("ostrava");
  assert.equal(hit?.entry.page, "dam.html#a");
  assert.ok(hit);
  const text = write(excerpt(engine.textOf(hit.entry), hit.forms, engine.splitterOf(hit.entry)));
  assert.match(text, /^… .*přišli z \[Ostravy\]\. .*\s…$/);
  assert.ok(text.length < 200);
});

test("of a large site telling words are found, and texts are only shown", () => {
  const engine = new Engine({ ...INDEX, texts: ["Lanna beton", "", "", ""] }, STEMS);
  assert.deepEqual(engine.listUnread(), []);
  engine.addText("dam", ["Úvod.", "Stavěla firma Lanna.", ""]);
  const [hit, ...others] = engine.find("lanna");
  assert.ok(hit);
  assert.deepEqual([hit.entry.page, others], ["dam.html", []]);
  assert.equal(write(excerpt(engine.textOf(hit.entry), hit.forms, engine.splitterOf(hit.entry))), "Úvod. Stavěla firma [Lanna]. ");
  assert.deepEqual(engine.find("firma"), []);
});

test("a step is led to by its title where Python left its id out", () => {
  // The same are in tests/unit/test_outputs_search.py.
  assert.deepEqual(
    ["The call", "Manila loses New Year’s Eve", "Řeka – a co dál?", "U.S. 1920", "-- A_b --"].map(makeId),
    ["the-call", "manila-loses-new-years-eve", "řeka-a-co-dál", "us-1920", "a-b"],
  );
});

test("names of hostile letters are only names", () => {
  const splitter = new Splitter(["constructor"]);
  for (const word of ["__proto__", "constructor", "toString", "<script>", "\u2028", "a".repeat(5000)]) {
    assert.ok(write(mark(word, new Set(["script"]), splitter)).length >= word.length);
  }
});
