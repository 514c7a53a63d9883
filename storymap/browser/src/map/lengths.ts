/** Lengths in the language of the page. */

/** A length as CLDR writes it short, in the digits that the text beside the map has. */
export function sayLength(metres: number, lang: string): string {
  const [length, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, { style: "unit", unit }).format(length);
}
