/** The figures of the map's design as scripts use them; `storymap/figures.py` says what each means. */

/** A figure that changes evenly from one zoom to another, and is the same before and after. */
interface Growth {
  zooms: readonly number[];
  values: readonly number[];
}

export function grow({ zooms: [low = 0, high = 0], values: [first = 0, last = 0] }: Growth, zoom: number): number {
  return first + (last - first) * Math.max(0, Math.min(1, (zoom - low) / (high - low)));
}

/** The lettering that holds at a zoom: the last that begins there or before, or the first. */
export function letterAt<L extends { zoom: number }>(letterings: readonly L[], zoom: number): L {
  return (letterings.filter((one) => one.zoom <= zoom).pop() ?? letterings[0]) as L;
}

/** What a list of figures by the size of a settlement says of `size`. */
export function bySize(figures: readonly number[], size: number): number {
  return figures[Math.max(0, Math.min(figures.length - 1, size))] ?? 0;
}
