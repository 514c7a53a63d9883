/**
 * The stem of a Czech word: its endings of case and possession are taken off, and the consonant before them brought back
 * to what it was, so that "Praze" and "Praha", "řece" and "řeka", "výstaveb" and "výstavba" meet.
 *
 * After L. Dolamic and J. Savoy, "Indexing and stemming approaches for the Czech language", Information Processing &
 * Management 45 (2009), the light one. A stemmer of our own, because those in npm packages either know no Czech or
 * leave short names as they are: "Brno" and "Brně" stay apart.
 */

/** Endings of case, with how long a word must at least be to lose one: the longest that fits goes. */
const CASES: readonly [shortest: number, endings: readonly string[]][] = [
  [8, ["atech"]],
  [7, ["ětem", "etem", "atům"]],
  [6, [
    "ech", "ich", "ích", "ého", "ěmi", "emi", "ému", "ěte", "ete", "ěti", "eti", "ího", "iho", "ími", "ímu", "imu",
    "ách", "ata", "aty", "ých", "ama", "ami", "ové", "ovi", "ými",
  ]],
  [5, ["em", "es", "ém", "ím", "ům", "at", "ám", "os", "us", "ým", "mi", "ou"]],
  [4, ["a", "e", "i", "o", "u", "ů", "y", "á", "é", "í", "ý", "ě"]],
];
const POSSESSIVES = ["ov", "in", "ův"];

export function stemCzech(word: string): string {
  return restore(dropEnding(dropCase(word), 6, POSSESSIVES));
}

function dropCase(word: string): string {
  for (const [shortest, endings] of CASES) {
    const stem = dropEnding(word, shortest, endings);
    if (stem !== word) return stem;
  }
  return word;
}

function dropEnding(word: string, shortest: number, endings: readonly string[]): string {
  const found = word.length < shortest ? undefined : endings.find((ending) => word.endsWith(ending));
  return found === undefined ? word : word.slice(0, -found.length);
}

/** The consonant at the end as it is before other endings, and no vowel that comes and goes before it. */
function restore(stem: string): string {
  const before = stem.slice(0, -2);
  if (stem.endsWith("čt")) return `${before}ck`;
  if (stem.endsWith("št")) return `${before}sk`;
  const last = stem.slice(-1);
  if (last === "c" || last === "č") return `${stem.slice(0, -1)}k`;
  if (last === "z" || last === "ž") return `${stem.slice(0, -1)}h`;
  if (stem.length > 3 && stem.slice(-2, -1) === "e") return before + last;
  if (stem.length > 3 && stem.slice(-2, -1) === "ů") return `${before}o${last}`;
  return stem;
}
