/** What Python writes into `assets/search/index.js`, as `storymap/outputs/search.py` has it. Lists keep it light. */

/** A step: its id, empty where it is made of the title, its title, its places and layers in words, its years. */
export type StepRow = [id: string, title: string, where: string, years: string];

/** A story, or the front page of a collection: its id, which may have a folder, language, title and summary, who wrote it and what it is about, and its steps. */
export type StoryRow = [id: string, lang: string, title: string, summary: string, about: string, steps: StepRow[]];

/**
 * A place: its id, empty where it is made of the name, its name, its other names, its category, and what each language of
 * `readers` calls it, empty where it is the same.
 */
export type PlaceRow = [id: string, name: string, others: string, category: string, ...called: string[]];

export interface SearchIndex {
  /** The language of the site, in which its places are named. */
  lang: string;
  /** The other languages that have pages of places, as addresses write them. */
  readers: string[];
  /** The words of the dialog, by language. */
  words: Record<string, Record<SearchWord, string>>;
  stories: StoryRow[];
  /** Of a large site, telling words of the text of each story; none where all texts are to be read. */
  texts: string[];
  places: PlaceRow[];
  /** The languages that have a script which stems their words. */
  stemmed: string[];
}

/** Every word that the dialog shows; those of the context "search" in `language/catalogues/`. */
export type SearchWord =
  | "close"
  | "count_results"
  | "loading"
  | "nothing_found"
  | "place"
  | "results"
  | "search"
  | "step"
  | "story"
  | "what_to_search";

/** The text of a story: that of its opening with its notes, and that of each step. */
export type StoryText = string[];
