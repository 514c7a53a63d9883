/** Figures of the look of streets that change with the zoom: the browser half of `StreetLook.grow` in `storymap/look.py`. */
import * as look from "../../../look.json";

const { zooms } = look.streets;

export function growStreets(values: readonly number[], zoom: number): number {
  const next = zooms.findIndex((each) => zoom <= each);
  if (next < 0) return values[values.length - 1] ?? 0;
  if (!next) return values[0] ?? 0;
  const [low, high] = [zooms[next - 1] as number, zooms[next] as number];
  const [first, last] = [values[next - 1] as number, values[next] as number];
  return first + ((last - first) * (zoom - low)) / (high - low);
}
