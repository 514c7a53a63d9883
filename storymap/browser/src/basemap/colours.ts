/** The colours of the map, read from the page's custom properties (`styles/palette.css`). */

const NAMES = [
  "sea", "land", "coast", "border", "region", "lake", "river", "highlight",
  "label", "label-quiet", "label-halo", "water-label", "water-halo", "settlement", "graticule", "equator", "accent",
] as const;

export type ColourName = (typeof NAMES)[number];
export type Colours = Record<ColourName, string>;

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Colours;
}

/** Calls `repaint` whenever the reader's device turns to the other palette; returns how to stop that. */
export function onPaletteChange(repaint: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", repaint);
  return () => {
    for (const query of queries) query.removeEventListener("change", repaint);
  };
}
