/** The words of the interface: Python hands them over in the language of the page. */

/** Every word that the runtime shows; those of the context "browser" in `language/catalogues/`. */
export type Word =
  | "image_strength"
  | "about_map"
  | "close"
  | "compare_line"
  | "credits"
  | "inset"
  | "all_routes" | "key" | "routes"
  | "map"
  | "map_incomplete"
  | "map_rough"
  | "next_step"
  | "no_data"
  | "place_in_stories"
  | "points_gathered"
  | "previous_step"
  | "place_in_step"
  | "place_in_steps"
  | "return_to_overview"
  | "return_to_story"
  | "share"
  | "step_arrived"
  | "steps"
  | "time_left"
  | "towards"
  | "two_fingers"
  | "zoom_in"
  | "zoom_out";

export type Words = Record<string, string>;

/** The phrase for `word` with `{name}` slots filled. */
export function say(words: Words, word: Word, slots: Record<string, string | number> = {}): string {
  return (words[word] ?? word).replace(/\{(\w+)\}/g, (slot, name: string) => String(slots[name] ?? slot));
}
