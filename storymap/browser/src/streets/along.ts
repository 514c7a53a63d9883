/** Set a name along a line, straight or letter by letter: as `storymap/drawing/along.py`. */
import { cutLine, measureLine, type Point } from "./centrelines";

/** How far (pixels) a street may bend away from its straight name. */
const BEND = 2.6;

/** By how many radians one letter may be turned against the one before. */
const TURN = 0.3;

/** By how many radians the letters of a name may be turned against one another, and each against the page. */
const SWEEP = 1.9;

/** Pixels from point to point where a bent line is made smooth. */
const STEP = 4;

/** Letters that are joined, or stand on another: they may not be turned one by one. */
const JOINED = /[\p{M}\u0590-\u10ff\u1780-\u17ff]|[^\u0000-\uffff]/u;

/** Where a straight name, or a letter, stands on a street: its middle, and its angle in radians. */
export interface Run extends Point {
  angle: number;
}

/** Where a name so wide stands on a line, its middle at a `share` of it; undefined where the line bends away from it. */
export function findRun(points: readonly Point[], long: number, width: number, share: number): Run | undefined {
  const begin = Math.min(Math.max(0, long * share - width / 2), long - width);
  if (begin < 0) return undefined;
  const inside = cutLine(points, begin, begin + width);
  const first = inside[0];
  const last = inside[inside.length - 1];
  if (!first || !last) return undefined;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const chord = Math.hypot(dx, dy);
  if (chord < width * 0.96) return undefined;
  if (inside.some(({ x, y }) => Math.abs((x - first.x) * dy - (y - first.y) * dx) / chord > BEND)) return undefined;
  const angle = Math.atan2(dy, dx);
  const upright = angle > Math.PI / 2 ? angle - Math.PI : angle <= -Math.PI / 2 ? angle + Math.PI : angle;
  return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, angle: upright };
}

/** Where each letter stands, `widths` wide, on a bent line made smooth; undefined where it bends too sharply for them. */
export function bendName(points: readonly Point[], long: number, widths: readonly number[], size: number, share: number): Run[] | undefined {
  const width = widths.reduce((sum, each) => sum + each, 0);
  const begin = Math.min(Math.max(0, long * share - width / 2 - size), long - width - 2 * size);
  if (begin < 0) return undefined;
  const path = smooth(cutLine(points, begin, begin + width + 2 * size), Math.round((size / STEP) * 1.5));
  if ((path[path.length - 1]?.x ?? 0) < (path[0]?.x ?? 0)) path.reverse();
  let at = (measureLine(path) - width) / 2;
  if (at < 0) return undefined;
  const runs: Run[] = [];
  for (const letter of widths) {
    const inside = cutLine(path, at, at + letter);
    const [from, to] = [inside[0], inside[inside.length - 1]];
    if (!from || !to || inside.length < 2) return undefined;
    runs.push({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, angle: Math.atan2(to.y - from.y, to.x - from.x) });
    at += letter;
  }
  const angles = runs.map(({ angle }) => angle);
  if (angles.some((angle) => Math.abs(angle) > SWEEP) || Math.max(...angles) - Math.min(...angles) > SWEEP) return undefined;
  return angles.some((angle, index) => index && Math.abs(angle - (angles[index - 1] ?? angle)) > TURN) ? undefined : runs;
}

/** Whether the letters of a name may be turned one by one. */
export function canBend(text: string): boolean {
  return !JOINED.test(text);
}

/** A line with points at even steps, each in the middle of those around it. */
function smooth(points: readonly Point[], window: number): Point[] {
  const long = measureLine(points);
  const count = Math.max(2, Math.ceil(long / STEP));
  const last = points[points.length - 1] as Point;
  const even = Array.from({ length: count + 1 }, (_, index) => (index < count ? cutLine(points, (long * index) / count, long)[0] ?? last : last));
  return even.map((_, index) => {
    const reach = Math.min(window, index, even.length - 1 - index);
    const near = even.slice(index - reach, index + reach + 1);
    return { x: near.reduce((sum, { x }) => sum + x, 0) / near.length, y: near.reduce((sum, { y }) => sum + y, 0) / near.length };
  });
}
