/** The words of `viewer.js`, in all languages of the interface, as `sharing.js` has its own. */

/** Every word; those of the context "media" in `language/catalogues/`. */
export type Word =
  | "close"
  | "compare"
  | "next"
  | "picture"
  | "picture_of"
  | "previous";

declare const storymapMediaWords: Record<string, Record<string, string>>;

/** The phrase for `word` in the language of the page, with `{name}` slots filled. */
export function say(word: Word, slots: Record<string, string | number> = {}): string {
  const lang = document.documentElement.lang.split("-")[0]?.toLowerCase() ?? "";
  const text = storymapMediaWords[lang]?.[word] ?? storymapMediaWords["en"]?.[word] ?? word;
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => String(slots[name] ?? slot));
}
