/** Mark in a text what was found, and cut of a long text the part that shows most of it. */
import type { Splitter, Word } from "./words";

/** Characters of an excerpt, and how many of them stand before what was found. */
const LONGEST = 170;
const BEFORE = 45;

/** A run of text, and whether it was found. */
export interface Run {
  text: string;
  isFound: boolean;
}

/** `text` as runs; what stands in one without blanks is one run. */
export function mark(text: string, forms: ReadonlySet<string>, splitter: Splitter): Run[] {
  return cut(text, 0, text.length, findWords(text, forms, splitter));
}

/** The part of `text` with most of what was found, as runs; its beginning where nothing was. */
export function excerpt(text: string, forms: ReadonlySet<string>, splitter: Splitter): Run[] {
  const found = findWords(text, forms, splitter);
  let best = { start: 0, count: 0 };
  found.forEach(({ start }, number) => {
    const within = found.slice(number).filter(({ end }) => end <= start + LONGEST - BEFORE);
    const count = new Set(within.flatMap((word) => word.forms)).size;
    if (count > best.count) best = { start, count };
  });
  const start = best.start <= BEFORE ? 0 : toBlank(text, best.start - BEFORE, best.start);
  const end = start + LONGEST >= text.length ? text.length : fromBlank(text, start + LONGEST);
  const runs = cut(text, start, end, found);
  if (start > 0) runs.unshift({ text: "… ", isFound: false });
  if (end < text.length) runs.push({ text: "\u00a0…", isFound: false });
  return runs;
}

function findWords(text: string, forms: ReadonlySet<string>, splitter: Splitter): Word[] {
  return splitter.split(text).filter((word) => word.forms.some((form) => forms.has(form)));
}

function cut(text: string, from: number, to: number, found: readonly Word[]): Run[] {
  const runs: Run[] = [];
  let at = from;
  for (const { start, end } of found) {
    if (end <= at || start >= to) continue;
    if (start > at) runs.push({ text: text.slice(at, start), isFound: false });
    const last = runs[runs.length - 1];
    const part = text.slice(Math.max(start, at), Math.min(end, to));
    if (last?.isFound) last.text += part;
    else runs.push({ text: part, isFound: true });
    at = Math.min(end, to);
  }
  if (at < to) runs.push({ text: text.slice(at, to), isFound: false });
  return runs;
}

/** The first place after `at` where a word begins, not after `limit`; texts without blanks are cut anywhere. */
function toBlank(text: string, at: number, limit: number): number {
  const blank = text.indexOf(" ", at);
  return blank < 0 || blank >= limit ? whole(text, at) : blank + 1;
}

/** The last place before `at` where a word ends. */
function fromBlank(text: string, at: number): number {
  const blank = text.lastIndexOf(" ", at);
  return blank < at - 30 ? whole(text, at) : blank;
}

/** `at`, not within a sign of two halves. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}
