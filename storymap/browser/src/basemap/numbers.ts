/** Numbers as text, as `storymap/basemap/arcs.py` writes them; its docstring explains the writing. */

const BASE = 45;
const SPACE = 32;

/** Reads whole numbers from 0 on, one after the other, and the spaces between groups of them. */
export class NumberReader {
  private at = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Steps over a space; false where there is none. */
  skipSpace(): boolean {
    const found = this.text.charCodeAt(this.at) === SPACE;
    if (found) this.at++;
    return found;
  }

  next(): number {
    let value = 0;
    for (let weight = 1; ; weight *= BASE) {
      const digit = digitOf(this.text.charCodeAt(this.at++));
      value += (digit % BASE) * weight;
      if (!(digit >= BASE)) return value;
    }
  }
}

/** 0, 1, 2, 3 … stand for 0, -1, 1, -2 … */
export function unfoldSign(value: number): number {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}

/** The place of a letter in the alphabet: "!", then "#" to "~" without "&", "<" and "\". */
function digitOf(code: number): number {
  return code === 33 ? 0 : code - 34 - (code > 38 ? 1 : 0) - (code > 60 ? 1 : 0) - (code > 92 ? 1 : 0);
}
