/** Take a text apart into the words by which it is found, in any script, whatever their accents and endings. */

/** A word of a text, from `start` to `end` in it, and the forms that it is found by: never none, the plainest first. */
export interface Word {
  start: number;
  end: number;
  forms: readonly string[];
}

/** Gives the stem of a word in lower case. */
export type Stem = (word: string) => string;

/** Written without blanks between words. */
const UNPARTED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORDS = new RegExp(`([${UNPARTED}]+)|(?:(?![${UNPARTED}])[\\p{L}\\p{N}\\p{M}\u0640])+`, "gu");

/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels and joints of Arabic. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const SAME: Record<string, string> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ς: "σ", ى: "ي", ة: "ه",
};
const OTHERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");

/** `word` in lower case and without what people leave out when they type. */
export function fold(word: string): string {
  return word.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(OTHERS, (letter) => SAME[letter] ?? letter);
}

/** What Arabic and Hebrew write in one with a word: "and", "in", "to" and the article. */
const JOINED: ReadonlyMap<string, RegExp> = new Map([
  ["ar", /^[وف]?(?:ال|بال|كال|لل)(?=.{2})|^و(?=.{3})/],
  ["he", /^ו?[הבלמשכ](?=.{2})|^ו(?=.{3})/],
]);

/** A language, and what gives the stems of its words; without that a word is found as it is written or begins. */
export type Language = readonly [lang: string, stem?: Stem | undefined];

/** Takes texts apart that may be in any of its languages. */
export class Splitter {
  private readonly languages: readonly Language[];
  private readonly known = new Map<string, readonly string[]>();

  constructor(...languages: readonly Language[]) {
    this.languages = languages;
  }

  split(text: string): Word[] {
    const words: Word[] = [];
    for (const match of text.matchAll(WORDS)) {
      const [word, run] = match;
      if (run === undefined) words.push({ start: match.index, end: match.index + word.length, forms: this.formsOf(word) });
      else words.push(...pair(run, match.index));
    }
    return words;
  }

  /** Every form of every word. */
  listForms(text: string): string[] {
    return this.split(text).flatMap(({ forms }) => forms);
  }

  private formsOf(word: string): readonly string[] {
    const known = this.known.get(word);
    if (known) return known;
    const forms = new Set([fold(word)]);
    const lower = word.toLowerCase();
    for (const whole of new Set([lower, fold(word)])) {
      for (const [lang, stem] of this.languages) {
        for (const bare of new Set([whole, whole.replace(JOINED.get(lang) ?? /^$/, "")])) {
          forms.add(fold(bare));
          if (stem) forms.add(fold(stem(bare)));
        }
      }
    }
    forms.delete("");
    const listed = [...forms];
    this.known.set(word, listed);
    return listed;
  }
}

/** A run without blanks by its pairs of signs, and by its last one, so that each sign begins a form. */
function pair(run: string, from: number): Word[] {
  const signs = [...run];
  let start = from;
  return signs.map((sign, number) => {
    const form = sign + (signs[number + 1] ?? "");
    const word = { start, end: start + form.length, forms: [fold(form)] };
    start += sign.length;
    return word;
  });
}

/** Something to look for: its plainest form, and whether it may go on. */
export interface Wish {
  form: string;
  /** Other forms that it has in one of the languages of the site. */
  others: readonly string[];
  /** Whether it is part of a run without blanks, and is what it is. */
  isWhole: boolean;
}

/** What a reader asks for in any language of `splitter`. */
export function readWishes(query: string, splitter: Splitter): Wish[] {
  const wishes: Wish[] = [];
  for (const match of query.matchAll(WORDS)) {
    const [word, run] = match;
    if (run === undefined) {
      const others = new Set(splitter.listForms(word));
      const form = fold(word);
      others.delete(form);
      if (form) wishes.push({ form, others: [...others], isWhole: false });
      continue;
    }
    const pairs = pair(run, 0).map(({ forms }) => forms[0] ?? "");
    if (pairs.length === 1) wishes.push({ form: pairs[0] ?? "", others: [], isWhole: false });
    else wishes.push(...pairs.slice(0, -1).map((form) => ({ form, others: [], isWhole: true })));
  }
  return wishes;
}
