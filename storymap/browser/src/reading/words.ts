/** The words of `reading.js`, in all languages of the interface: few readers load it, and every page would carry them. */

/** Every word; those of the context "reading" in `language/catalogues/`. */
export type Word =
  | "back"
  | "close"
  | "continue_at"
  | "copy_link"
  | "explore"
  | "first_step"
  | "help"
  | "keys"
  | "last_step"
  | "letter_keys"
  | "link_copied"
  | "list"
  | "map_in_words"
  | "next_step"
  | "not_copied"
  | "or"
  | "overview"
  | "page_back"
  | "page_on"
  | "previous_step"
  | "search";

declare const storymapReadingWords: Record<string, Record<string, string>>;

/** The phrase for `word` in the language of the page, with `{name}` slots filled. */
export function say(word: Word, slots: Record<string, string> = {}): string {
  const lang = document.documentElement.lang.split("-")[0]?.toLowerCase() ?? "";
  const text = storymapReadingWords[lang]?.[word] ?? storymapReadingWords["en"]?.[word] ?? word;
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => slots[name] ?? slot);
}
