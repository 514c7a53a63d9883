/** Paint one tile on a canvas. */
import type { Colours } from "./colours";
import { EXTENT, type Shape, type TileShapes } from "./slices";

/** The part of a canvas context that painting needs. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | "beginPath" | "moveTo" | "lineTo" | "closePath" | "fill" | "stroke" | "fillRect" | "setLineDash"
  | "fillStyle" | "strokeStyle" | "lineWidth" | "lineJoin" | "lineCap"
>;

/** Pixels that a painted tile laps over its right and lower neighbour: no seam can show between them. */
export const OVERLAP = 1;

/**
 * Paint `shapes` as a tile of `edge` by `edge` CSS pixels at `ratio` canvas pixels per CSS pixel.
 * `zoom` decides how bold lines are; countries named in `highlighted` are filled.
 */
export function paintTile(
  brush: Brush,
  shapes: TileShapes,
  style: { edge: number; ratio: number; zoom: number; colours: Colours; highlighted: ReadonlySet<string> },
): void {
  const { ratio, zoom, colours, highlighted } = style;
  const scale = (style.edge * ratio) / EXTENT;
  const canvasEdge = (style.edge + OVERLAP) * ratio;
  brush.lineJoin = "round";
  brush.lineCap = "round";

  brush.fillStyle = colours.sea;
  brush.fillRect(0, 0, canvasEdge, canvasEdge);
  fill(shapes.land, colours.land);
  fill(shapes.highlights?.filter(({ id }) => highlighted.has(id)), colours.highlight);
  fill(shapes.lakes, colours.lake);
  stroke(shapes.rivers, colours.river, grow(zoom, 3, 0.5, 10, 1.8));
  stroke(shapes.regions, colours.region, grow(zoom, 4, 0.6, 10, 1), [3, 2]);
  stroke(shapes.borders, colours.border, grow(zoom, 2, 0.6, 9, 1.4));
  if (shapes.coast) stroke(shapes.coast, colours.coast, grow(zoom, 2, 0.6, 10, 1.2));
  else outline(shapes.land, colours.coast, grow(zoom, 2, 0.6, 10, 1.2));
  outline(shapes.lakes, colours.coast, grow(zoom, 2, 0.3, 10, 0.9));

  function fill(found: Shape[] | undefined, colour: string): void {
    if (!found?.length) return;
    brush.fillStyle = colour;
    brush.beginPath();
    for (const { rings } of found) for (const ring of rings) trace(ring, true);
    brush.fill("evenodd");
  }

  function stroke(found: Shape[] | undefined, colour: string, width: number, dash: number[] = []): void {
    if (!found?.length) return;
    ready(colour, width, dash);
    for (const { rings } of found) for (const ring of rings) trace(ring, false);
    brush.stroke();
  }

  /** Outlines polygons, leaving out the edges along which the tile itself was cut. */
  function outline(found: Shape[] | undefined, colour: string, width: number): void {
    if (!found?.length) return;
    ready(colour, width, []);
    for (const { rings } of found) for (const ring of rings) traceInside(ring);
    brush.stroke();
  }

  function ready(colour: string, width: number, dash: number[]): void {
    brush.strokeStyle = colour;
    brush.lineWidth = width * ratio;
    brush.setLineDash(dash.map((length) => length * ratio));
    brush.beginPath();
  }

  function trace(ring: ArrayLike<number>, closed: boolean): void {
    for (let index = 0; index < ring.length; index += 2) {
      const x = (ring[index] as number) * scale;
      const y = (ring[index + 1] as number) * scale;
      if (index) brush.lineTo(x, y);
      else brush.moveTo(x, y);
    }
    if (closed) brush.closePath();
  }

  function traceInside(ring: ArrayLike<number>): void {
    let drawing = false;
    for (let index = 2; index < ring.length; index += 2) {
      const x0 = ring[index - 2] as number;
      const y0 = ring[index - 1] as number;
      const x = ring[index] as number;
      const y = ring[index + 1] as number;
      const cut = (x0 === x && (x < 0 || x > EXTENT)) || (y0 === y && (y < 0 || y > EXTENT));
      if (!cut) {
        if (!drawing) brush.moveTo(x0 * scale, y0 * scale);
        brush.lineTo(x * scale, y * scale);
      }
      drawing = !cut;
    }
  }
}

/** A width that grows evenly from `from` at zoom `low` to `to` at zoom `high`. */
function grow(zoom: number, low: number, from: number, high: number, to: number): number {
  const share = Math.max(0, Math.min(1, (zoom - low) / (high - low)));
  return from + (to - from) * share;
}
