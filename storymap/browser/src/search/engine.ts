/** Find stories, steps and places by words: an index in memory over what Python wrote, and over texts as they arrive. */
import MiniSearch, { type SearchOptions } from "minisearch";
import type { SearchIndex, StoryText } from "./contract";
import { readWishes, Splitter, type Stem, type Wish } from "./words";

/** Something that can be found. */
export interface Entry {
  kind: "story" | "step" | "place";
  lang: string;
  title: string;
  /** The title of its story; empty for a story or place. */
  story: string;
  /** Places and layers of a step, authors and tags of a story, the category of a place. */
  where: string;
  /** What a story tells; empty for others. */
  summary: string;
  /** Its address, and that of its still map, from the root of the site. */
  page: string;
  still: string;
  /** Whose text it has, and which part of that it is. */
  textOf: string;
  part: number;
  /** What its editions in other languages have alike; empty where it is there in one. */
  alike: string;
}

export interface Hit {
  entry: Entry;
  /** The forms of words that were found. */
  forms: ReadonlySet<string>;
}

interface Names {
  id: number;
  title: string;
  where: string;
  more: string;
}

interface Text {
  id: number;
  text: string;
}

const ALL_AS_IT_IS = { tokenize: (text: string) => [text], processTerm: (term: string) => term };
/** A word that is not written to its end is worth less than one that is, and one with another letter much less. */
const WEIGHTS = { prefix: 0.6, fuzzy: 0.2 };
const BOOST = { title: 4, where: 2 };
const NAME_BOOST = { story: 1.5, place: 1.4, step: 1 };
/** What stands in a text counts less than a name, and in a text with notes still less. */
const TEXT_BOOST = { story: 0.3, place: 0, step: 0.7 };
/** From how many letters a word may have one that is wrong. */
const FORGIVEN = 5;
export class Engine {
  readonly entries: Entry[] = [];
  /** Takes names apart, which people write in one language and look for in another. */
  readonly nameSplitter: Splitter;
  private readonly splitters: ReadonlyMap<string, Splitter>;
  private readonly names = this.make<Names>(["title", "where", "more"], NAME_BOOST, () => this.nameSplitter);
  private readonly texts = this.make<Text>(["text"], TEXT_BOOST, (entry) => this.splitterOf(entry));
  /** By story, the number of its entry, which those of its steps follow. */
  private readonly first = new Map<string, number>();
  private readonly known = new Map<string, StoryText>();
  private readonly readsAll: boolean;

  /** For readers of `lang`, that of the page. */
  constructor(index: SearchIndex, stems: ReadonlyMap<string, Stem>, lang = index.lang) {
    const lists: Names[] = [];
    const add = (entry: Entry, more: string) => {
      lists.push({ id: this.entries.length, title: entry.title, where: entry.where, more });
      this.entries.push(entry);
    };
    const all = new Set([index.lang, ...index.stories.map(([, lang]) => lang)].map(primaryOf));
    const languages = [...all].map((lang) => [lang, stems.get(lang)] as const);
    this.splitters = new Map(languages.map((language) => [language[0], new Splitter(language)]));
    this.nameSplitter = new Splitter(...languages);
    index.stories.forEach(([id, lang, title, summary, about, steps], story) => {
      this.first.set(id, this.entries.length);
      const [original = "", edition = ""] = id.split(".");
      const page = `${edition && `${edition}/`}${encodeURI(original)}.html`;
      const still = `stills/${encodeURI(id)}`;
      const of = { lang, textOf: id };
      add({ ...of, kind: "story", title, story: "", where: about, summary, page, still: `${still}.card.svg`, part: 0, alike: original }, [summary, index.texts[story]].join(" "));
      steps.forEach(([step, name, where, years], number) => {
        const anchor = encodeURIComponent(step || makeId(name));
        add({
          ...of, kind: "step", title: name, story: title, where, summary: "",
          page: `${page}#${anchor}`, still: `${still}/${anchor}.svg`, part: number + 1, alike: `${original}#${anchor}`,
        }, years);
      });
    });
    const own = lang === index.lang ? -1 : findReaders(index.readers, lang);
    const readers = index.readers[own];
    for (const [id, name, others, category, ...called] of index.places) {
      const path = `places/${encodeURIComponent(id || makeId(name))}`;
      add({
        kind: "place", lang: readers ?? index.lang, title: called[own] || name, story: "", where: category, summary: "",
        page: `${readers ? `${readers}/` : ""}${path}.html`, still: `stills/${path}${readers ? `.${readers}` : ""}.svg`,
        textOf: "", part: 0, alike: "",
      }, [name, others, ...called].join(" "));
    }
    this.names.addAll(lists);
    this.readsAll = index.texts.length === 0;
  }

  /** The stories whose texts are to be read, so that every word of them is found: none of a site of very many. */
  listUnread(): string[] {
    return this.readsAll ? [...this.first.keys()].filter((story) => !this.known.has(story)) : [];
  }

  knows(story: string): boolean {
    return this.known.has(story);
  }

  addText(story: string, parts: StoryText): void {
    const first = this.first.get(story);
    if (first === undefined || this.known.has(story)) return;
    this.known.set(story, parts);
    if (this.readsAll) this.texts.addAll(parts.map((text, number) => ({ id: first + number, text })));
  }

  /** The text of an entry; empty as long as it is not known. That of a story is all of it, unless its steps are found. */
  textOf({ kind, textOf, part }: Entry): string {
    const parts = this.known.get(textOf) ?? [];
    return (kind === "story" && !this.readsAll ? parts.join(" ") : parts[part]) ?? "";
  }

  /** Takes its text apart. */
  splitterOf({ lang }: Entry): Splitter {
    return this.splitters.get(primaryOf(lang)) ?? this.nameSplitter;
  }

  /**
   * What has every word of `query`, or, if nothing has, any of them; the best first. Of what is found in several
   * languages there is one, in `lang` if it can be.
   */
  find(query: string, lang = ""): Hit[] {
    const wishes = readWishes(query, this.nameSplitter).map((wish) => this.lookFor(wish));
    const [first, ...others] = wishes;
    if (!first) return [];
    const common = [...first.keys()].filter((id) => others.every((found) => found.has(id)));
    const ids = common.length ? common : [...new Set(wishes.flatMap((found) => [...found.keys()]))];
    const scored = ids.map((id) => {
      const found = wishes.map((one) => one.get(id));
      return {
        id,
        score: found.reduce((sum, one) => sum + (one?.score ?? 0), 0),
        forms: new Set(found.flatMap((one) => one?.forms ?? [])),
      };
    });
    scored.sort((one, other) => other.score - one.score || one.id - other.id);
    const hits = scored.flatMap(({ id, forms }) => {
      const entry = this.entries[id];
      return entry ? [{ entry, forms }] : [];
    });
    return keepOne(hits, lang);
  }

  private lookFor({ form, others, isWhole }: Wish): Map<number, { score: number; forms: string[] }> {
    const query = {
      combineWith: "OR" as const,
      queries: [
        { queries: [form], prefix: !isWhole, fuzzy: !isWhole && form.length >= FORGIVEN ? 0.2 : false },
        { queries: [...others] },
      ],
    };
    const found = new Map<number, { score: number; forms: string[] }>();
    for (const engine of [this.names, this.texts]) {
      for (const { id, score, terms } of engine.search(query)) {
        const known = found.get(id);
        if (known) {
          known.score += score;
          known.forms.push(...terms);
        } else found.set(id, { score, forms: terms });
      }
    }
    return found;
  }

  private make<T extends { id: number }>(
    fields: string[], boosts: Record<Entry["kind"], number>, choose: (entry: Entry) => Splitter,
  ): MiniSearch<T> {
    const searchOptions: SearchOptions = {
      ...ALL_AS_IT_IS,
      boost: BOOST,
      weights: WEIGHTS,
      boostDocument: (id: number) => boosts[this.entries[id]?.kind ?? "step"],
    };
    return new MiniSearch<T>({
      ...{ fields, searchOptions, processTerm: ALL_AS_IT_IS.processTerm },
      extractField: (document, field) => {
        if (field === "id") return document.id as unknown as string;
        const entry = this.entries[document.id];
        return entry ? choose(entry).listForms(String(document[field as keyof T])).join(" ") : "";
      },
      tokenize: (text) => (text ? text.split(" ") : []),
    });
  }
}

/** Of hits that are alike but for their language, the one in `lang`, or the best. */
function keepOne(hits: readonly Hit[], lang: string): Hit[] {
  const kept = new Map<string, Entry>();
  for (const { entry } of hits) {
    const other = kept.get(entry.alike);
    if (!other || (primaryOf(other.lang) !== primaryOf(lang) && primaryOf(entry.lang) === primaryOf(lang))) {
      kept.set(entry.alike, entry);
    }
  }
  return hits.filter(({ entry }) => !entry.alike || kept.get(entry.alike) === entry);
}

/** The id of a step or a place by its title, of letters that Python leaves this to: `leave_out_id` in `storymap/outputs/search.py`. */
export function makeId(title: string): string {
  return title.toLowerCase().replace(/[\s_\p{Pd}]/gu, "-").replace(/[^\p{L}\p{N}-]/gu, "").replace(/-+/g, "-").replace(/^-|-$/g, "");
}

/** Which of `readers` have pages for who reads `lang`; -1 where those of the site's language do. */
function findReaders(readers: readonly string[], lang: string): number {
  const exact = readers.indexOf(lang.toLowerCase());
  return exact < 0 ? readers.findIndex((one) => primaryOf(one) === primaryOf(lang)) : exact;
}

/** The language without its script and country. */
export function primaryOf(lang: string): string {
  return lang.split("-")[0]?.toLowerCase() ?? lang;
}
