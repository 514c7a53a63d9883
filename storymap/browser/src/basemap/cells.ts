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

/** From this scale on so few points are kept that arcs are drawn as curves. */
const CURVED_FROM_ZOOM = 6;

export function cellSize({ unitZoom, gridZoom }: Pick<Scale, "unitZoom" | "gridZoom">): number {
  return 2 ** (unitZoom - gridZoom);
}

/** The paths of the cell at `index` of the scale's cells. */
export function drawCell(scale: Scale, index: number): MapPaths {
  const size = cellSize(scale);
  const [column, row] = scale.cells[index] ?? [0, 0];
  const arcs = unpackArcs(scale.arcs[index] ?? "", [column * size, row * size]);
  const curved = arcs.map((arc) => scale.minZoom >= CURVED_FROM_ZOOM && arc.length > 2 && !alongEdge(arc, size));
  const paths: MapPaths = { countries: new Map() };
  for (const name of AREAS) {
    const text = scale[name]?.[index];
    if (text) paths[name] = areaPath(text);
  }
  for (const name of LINES) {
    const text = scale[name]?.[index];
    if (text) paths[name] = linePath(text);
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

/** From the first to the last point, between them through the middles of the segments: the same in both directions. */
function traceCurve(path: Path2D, arc: Arc, joined: boolean): void {
  let before: Point | undefined;
  for (const [number, point] of arc.entries()) {
    if (before) {
      const [x, y] = middle(before, point);
      if (number === 1) path.lineTo(x, y);
      else path.quadraticCurveTo(...before, x, y);
    } else if (!joined) path.moveTo(...point);
    before = point;
  }
  if (before) path.lineTo(...before);
}

/** A closed arc that begins in the middle of a segment, so that the curve has no corner where it closes. */
function openBetweenPoints(arc: Arc): Arc {
  const [first, second] = arc;
  if (!first || !second) return arc;
  const begin = middle(first, second);
  return [begin, ...arc.slice(1), begin];
}

function middle([x, y]: Point, [toX, toY]: Point): Point {
  return [(x + toX) / 2, (y + toY) / 2];
}

function meets(point: Point | undefined, other: Point | undefined): boolean {
  return !!point && !!other && point[0] === other[0] && point[1] === other[1];
}

/** Whether the arc only closes areas at the edge of their cell: no neighbour may be left a gap. */
function alongEdge(arc: Arc, size: number): boolean {
  return arc.every(([x, y]) => x === 0 || y === 0 || x === size || y === size);
}
