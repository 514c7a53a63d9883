/** The words of `sharing.js`, in all languages of the interface: few readers load it, and every page would carry them. */

/** Every word; those of the context "sharing" in `language/catalogues/`. */
export type Word =
  | "close"
  | "code_copied"
  | "copy_code"
  | "copy_link"
  | "embed"
  | "embed_help"
  | "embed_map"
  | "embed_step"
  | "embed_story"
  | "link"
  | "link_copied"
  | "next"
  | "not_copied"
  | "open_story"
  | "previous"
  | "read_on"
  | "send"
  | "share"
  | "step_of";

declare const storymapWords: Record<string, Record<string, string>>;

/** The phrase for `word` in the language of the page, with `{name}` slots filled. */
export function say(word: Word, slots: Record<string, string | number> = {}): string {
  const lang = document.documentElement.lang.split("-")[0]?.toLowerCase() ?? "";
  const text = storymapWords[lang]?.[word] ?? storymapWords["en"]?.[word] ?? word;
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => String(slots[name] ?? slot));
}
