/**
 * The search of a site, in a script that is loaded when a reader first asks for it. What it searches comes in scripts, too,
 * which call here: a page opened from disk can read nothing else.
 *
 *     storymapSearch.open()             show the dialog
 *     storymapSearch.give(index)        what can be found; called by index.js
 *     storymapSearch.stem(lang, stem)   the stems of a language; called by stem-….js
 *     storymapSearch.text(story, parts) the text of a story; called by texts/….js
 */
import type { SearchIndex, StoryText } from "./contract";
import { SearchDialog } from "./dialog";
import { Engine, primaryOf } from "./engine";
import { loadScript } from "./scripts";
import css from "./search.css";
import type { Stem } from "./words";

/** Texts that are loaded at once. */
const AT_ONCE = 6;

const home = new URL(".", (document.currentScript as HTMLScriptElement).src).href;
const stems = new Map<string, Stem>();
const asked = new Map<string, Promise<void>>();
let engine: Engine | undefined;
let index: SearchIndex | undefined;
let making: Promise<SearchDialog | undefined> | undefined;

const api = {
  open: () => void open(),
  give: (given: SearchIndex) => { index = given; },
  stem: (lang: string, stem: Stem) => void stems.set(lang, stem),
  text: (story: string, parts: StoryText) => engine?.addText(story, parts),
};

declare global {
  interface Window {
    storymapSearch?: typeof api; // once a reader has asked for it
  }
}

window.storymapSearch = api;

async function open(): Promise<void> {
  making ??= make();
  (await making)?.open();
}

/** The dialog, in the language of the page; undefined, so that the next time may do better, where nothing came. */
async function make(): Promise<SearchDialog | undefined> {
  await loadScript(`${home}index.js`).catch(() => undefined);
  const { lang, dir } = document.documentElement;
  const words = index?.words[lang] ?? index?.words[primaryOf(lang)] ?? index?.words[index.lang];
  if (!index || !words) return (making = undefined);
  // The policy of pages lets no stylesheet in that they were not written with, but what a script of theirs makes.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const dialog = new SearchDialog(words, lang, dir, { root: new URL("../../", home).href, readText });
  void prepare(index, dialog);
  return dialog;
}

/** Makes what was given searchable while the reader begins to type. */
async function prepare(given: SearchIndex, shown: SearchDialog): Promise<void> {
  // A language whose stems cannot be had is searched without.
  await Promise.all(given.stemmed.map((lang) => loadScript(`${home}stem-${lang}.js`).catch(() => undefined)));
  engine = new Engine(given, stems, document.documentElement.lang);
  shown.use(engine);
  const unread = engine.listUnread();
  const readOn = async (): Promise<void> => {
    for (let story = unread.shift(); story !== undefined; story = unread.shift()) {
      await readText(story).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readOn));
  shown.look();
}

function readText(story: string): Promise<void> {
  let reading = asked.get(story);
  if (!reading) {
    reading = loadScript(`${home}texts/${encodeURI(story)}.js`);
    asked.set(story, reading);
  }
  return reading;
}
