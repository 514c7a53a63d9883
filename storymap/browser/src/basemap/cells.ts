/** The canvas paths of a cell, made once from its text; their coordinates are units from the cell's corner. */
import { unpackArcs, unpackReferences, type Arc, type Point, type Reference } from "./arcs";
import type { Scale } from "./contract";

const AREAS = ["land", "lakes"] as const;
const LINES = ["coast", "shores", "rivers", "regions", "borders"] as const;

export type PathName = (typeof AREAS)[number] | (typeof LINES)[number];

/** What there is to paint; what is not there is left out. */
export interface MapPaths extends Partial<Record<PathName, Path2D>> {
  /** Filled countries by their code. */
  countries: Map<string, Path2D>;
}

/** Text that stands for the rings of the cell's land. */
const WHOLE_LAND = "*";

/** Units from a corner within which it is rounded: so few points are kept that arcs are drawn as curves. */
const ROUNDED = 10;

export function cellSize({ unitZoom, gridZoom }: Pick<Scale, "unitZoom" | "gridZoom">): number {
  return 2 ** (unitZoom - gridZoom);
}

/** The paths of the cell at `index` of the scale's cells. */
export function drawCell(scale: Scale, index: number): MapPaths {
  const work = drawInPieces(scale, index);
  let piece = work.next();
  while (!piece.done) piece = work.next();
  return piece.value;
}

/** The same in pieces: the cell of the world is too much for a slow phone to do at a stroke. */
export function* drawInPieces(scale: Scale, index: number): Generator<void, MapPaths> {
  const size = cellSize(scale);
  const [column, row] = scale.cells[index] ?? [0, 0];
  const arcs = unpackArcs(scale.arcs[index] ?? "", [column * size, row * size]);
  const curved = arcs.map((arc) => arc.length > 2 && !alongEdge(arc, size));
  const paths: MapPaths = { countries: new Map() };
  for (const name of AREAS) {
    const text = scale[name]?.[index];
    if (!text) continue;
    yield;
    paths[name] = areaPath(text);
  }
  for (const name of LINES) {
    const text = scale[name]?.[index];
    if (!text) continue;
    yield;
    paths[name] = linePath(text);
  }
  for (const [code, texts] of Object.entries(scale.highlights ?? {})) {
    const text = texts[index];
    const path = text === WHOLE_LAND ? paths.land : text ? areaPath(text) : undefined;
    if (path) paths.countries.set(code, path);
  }
  return paths;

  function areaPath(text: string): Path2D {
    const path = new Path2D();
    for (const ring of unpackReferences(text)) {
      for (const [number, reference] of ring.entries()) trace(path, reference, number > 0);
      path.closePath();
    }
    return path;
  }

  function linePath(text: string): Path2D {
    const path = new Path2D();
    let end: Point | undefined;
    for (const reference of unpackReferences(text).flat()) {
      // Where an arc goes on from the last one the line does too, so that its dashes are even.
      const arc = take(reference);
      trace(path, reference, meets(arc[0], end));
      end = arc[arc.length - 1];
    }
    return path;
  }

  function trace(path: Path2D, reference: Reference, joined: boolean): void {
    const arc = take(reference);
    if (curved[reference.index]) traceCurve(path, meets(arc[0], arc[arc.length - 1]) ? openBetweenPoints(arc) : arc, joined);
    else traceStraight(path, arc, joined);
  }

  function take({ index: number, backwards }: Reference): Arc {
    const arc = arcs[number] ?? [];
    return backwards ? [...arc].reverse() : arc;
  }
}

function traceStraight(path: Path2D, arc: Arc, joined: boolean): void {
  for (const [number, [x, y]] of arc.entries()) {
    if (number) path.lineTo(x, y);
    else if (!joined) path.moveTo(x, y);
  }
}

/** From the first to the last point, its corners rounded on the way: the same in both directions. */
function traceCurve(path: Path2D, arc: Arc, joined: boolean): void {
  for (const [number, point] of arc.entries()) {
    const before = arc[number - 1];
    const after = arc[number + 1];
    if (!before) {
      if (!joined) path.moveTo(...point);
    } else if (!after || isSurveyed(before, point, after)) {
      path.lineTo(...point);
    } else {
      // Short segments are curves to their middle; of long ones the middle stays straight.
      if (number === 1 || distance(before, point) > 2 * ROUNDED) path.lineTo(...approach(point, before));
      path.quadraticCurveTo(...point, ...approach(point, after));
    }
  }
}

/** Nature does not turn between two long straight lines: borders do. */
function isSurveyed(before: Point, corner: Point, after: Point): boolean {
  return Math.min(distance(before, corner), distance(corner, after)) > 4 * ROUNDED;
}

/** The point on the way from a corner where its rounding begins. */
function approach([x, y]: Point, toward: Point): Point {
  const share = Math.min(0.5, ROUNDED / distance([x, y], toward));
  return [x + (toward[0] - x) * share, y + (toward[1] - y) * share];
}

function distance([x, y]: Point, [toX, toY]: Point): number {
  return Math.hypot(toX - x, toY - y);
}

/** A closed arc that begins in the middle of a segment, so that the curve has no corner where it closes. */
function openBetweenPoints(arc: Arc): Arc {
  const [first, second] = arc;
  if (!first || !second) return arc;
  const begin: Point = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2];
  return [begin, ...arc.slice(1), begin];
}

function meets(point: Point | undefined, other: Point | undefined): boolean {
  return !!point && !!other && point[0] === other[0] && point[1] === other[1];
}

/** Whether the arc only closes areas at the edge of their cell: no neighbour may be left a gap. */
function alongEdge(arc: Arc, size: number): boolean {
  return arc.every(([x, y]) => x === 0 || y === 0 || x === size || y === size);
}
