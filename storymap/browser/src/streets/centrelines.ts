/** Put the pieces of a street together, which cells and crossings have cut: as `storymap/drawing/centrelines.py`. */

export interface Point {
  x: number;
  y: number;
}

export interface StreetLine {
  kind: string;
  name: number;
  points: Point[];
}

/** The cosine of the angle by which a street may turn where two of its pieces meet. */
const AHEAD = 0.5;

/** Lines of one name that go on into one another as one; their ends may be `reach` pixels apart. */
export function joinPieces(lines: readonly StreetLine[], reach: number): StreetLine[] {
  const byName = new Map<number, StreetLine[]>();
  for (const line of lines) byName.set(line.name, [...(byName.get(line.name) ?? []), line]);
  const joined: StreetLine[] = [];
  for (const pieces of byName.values()) {
    const left = pieces.map((piece) => ({ piece, long: measureLine(piece.points) }))
      .sort((a, b) => b.long - a.long || comparePoints(a.piece.points, b.piece.points)).map(({ piece }) => piece);
    for (let first = left.shift(); first; first = left.shift()) {
      const points = [...first.points];
      for (const _ of ["at its end", "at its beginning"]) {
        for (let following = findFollowing(points, left, reach); following; following = findFollowing(points, left, reach)) {
          left.splice(following.number, 1);
          const [begin, ...rest] = following.line;
          const end = points.pop();
          // Pieces go a little beyond the edges at which they were cut.
          if (begin && end) points.push({ x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 }, ...rest);
        }
        points.reverse();
      }
      joined.push({ ...first, points });
    }
  }
  return joined;
}

/** Of `pieces` the one that goes on most straightly from the end of a line: its number, and its points from there. */
function findFollowing(points: readonly Point[], pieces: readonly StreetLine[], reach: number): { number: number; line: Point[] } | undefined {
  const end = points[points.length - 1];
  if (!end) return undefined;
  const ahead = lead([...points].reverse(), reach);
  let best = AHEAD;
  let found: { number: number; line: Point[] } | undefined;
  for (const [number, piece] of pieces.entries()) {
    for (const line of [piece.points, [...piece.points].reverse()]) {
      const begin = line[0];
      if (!begin || Math.hypot(begin.x - end.x, begin.y - end.y) > reach) continue;
      const own = lead(line, reach);
      const straight = -(ahead.x * own.x + ahead.y * own.y);
      if (straight > best) [best, found] = [straight, { number, line }];
    }
  }
  return found;
}

/** Where a line goes from its first point, as a vector of length 1. */
function lead(points: readonly Point[], reach: number): Point {
  const begin = points[0] ?? { x: 0, y: 0 };
  const away = ({ x, y }: Point) => Math.hypot(x - begin.x, y - begin.y);
  const next = points.find((point) => away(point) > reach) ?? points[points.length - 1] ?? begin;
  const long = away(next) || 1;
  return { x: (next.x - begin.x) / long, y: (next.y - begin.y) / long };
}

function comparePoints([a]: readonly Point[], [b]: readonly Point[]): number {
  return a && b ? a.x - b.x || a.y - b.y : 0;
}

export function measureLine(points: readonly Point[]): number {
  let long = 0;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    long += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return long;
}

/** The part of a line between two distances from its beginning. */
export function cutLine(points: readonly Point[], begin: number, end: number): Point[] {
  const inside: Point[] = [];
  let gone = 0;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    const step = Math.hypot(to.x - from.x, to.y - from.y);
    const at = (distance: number) => {
      const share = step ? (distance - gone) / step : 0;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    };
    if (!inside.length && gone + step >= begin) inside.push(at(begin));
    if (inside.length && gone + step >= end) return [...inside, at(end)];
    if (inside.length) inside.push(to);
    gone += step;
  }
  return inside;
}
