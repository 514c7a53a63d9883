/** Where on a line one has come to, after a share of its length. */
import type { Point } from "../contract";
import { projectX, projectY } from "../views/mercator";

/** The point of `runs` after `share` of their length on the map; undefined where there are no two points. */
export function pointAlong(runs: readonly (readonly Point[])[], share: number): Point | undefined {
  const steps = runs.flatMap((run) => run.slice(1).map((to, at) => ({ from: run[at] as Point, to })));
  const lengths = steps.map(({ from, to }) => Math.hypot(
    projectX(to[0]) - projectX(from[0]), projectY(to[1]) - projectY(from[1]),
  ));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [at, { from, to }] of steps.entries()) {
    const length = lengths[at] ?? 0;
    if (left <= length || at === steps.length - 1) {
      const part = length ? Math.min(1, left / length) : 0;
      return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
    }
    left -= length;
  }
  return undefined;
}
