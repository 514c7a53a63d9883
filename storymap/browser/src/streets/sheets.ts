/** The cells of streets that a window shows, put together scale by scale, coarse to fine. */
import { worldPixels } from "../views/mercator";
import type { WorldWindow } from "../basemap/window";
import { drawStreetCell, type DrawnCell, type NamedLine } from "./cells";
import type { StreetCell, StreetScale } from "./contract";

export interface StreetSheet {
  paths: ReadonlyMap<string, Path2D>;
  /** Pixels of the window per unit of the paths, and where the point is that they are measured from. */
  scale: number;
  left: number;
  top: number;
  /** What each cell covers, in pixels of the window: left, top, right, bottom. */
  boxes: [number, number, number, number][];
  /** Named lines, with the corner of their cell in units. */
  lines: { line: NamedLine; x: number; y: number }[];
}

/** Pixels beyond the window whose cells are painted, too: buildings reach out of theirs, and an end is as wide. */
const BEYOND = 48;

/** Looks at the map that are kept. */
const MOST_SHEETS = 16;

export class StreetSheets {
  private readonly drawn = new Map<StreetCell, DrawnCell>();
  private readonly joined = new Map<string, ReadonlyMap<string, Path2D>>();

  constructor(private readonly scales: readonly StreetScale[]) {}

  list(window: WorldWindow): StreetSheet[] {
    const sheets: StreetSheet[] = [];
    for (const [number, scale] of [...this.scales.entries()].reverse()) {
      if (Math.floor(window.zoom + 0.5) < scale.minZoom) continue;
      const sheet = this.join(scale, number, window);
      if (!sheet) continue;
      sheets.unshift(sheet);
      if (covers(sheet.boxes, window)) break;
    }
    return sheets;
  }

  /** Whether some cell draws a point of the plane. */
  covers(x: number, y: number): boolean {
    return this.scales.some(({ cells, gridZoom, unitZoom }) => cells.some(([column, row, [left, top, right, bottom]]) => {
      const size = 2 ** (unitZoom - gridZoom);
      const across = (((x % 1) + 1) % 1) * 2 ** unitZoom - column * size;
      const down = y * 2 ** unitZoom - row * size;
      return across >= left && across <= right && down >= top && down <= bottom;
    }));
  }

  /** Decodes all cells, with pauses between them. */
  async prepare(pause: () => Promise<void>): Promise<void> {
    for (const { cells } of this.scales) {
      for (const cell of cells) {
        this.draw(cell);
        await pause();
      }
    }
  }

  private draw(cell: StreetCell): DrawnCell {
    let drawn = this.drawn.get(cell);
    if (!drawn) this.drawn.set(cell, (drawn = drawStreetCell(cell)));
    return drawn;
  }

  private join(scale: StreetScale, number: number, window: WorldWindow): StreetSheet | undefined {
    const edge = worldPixels(window.zoom - scale.gridZoom);
    const size = 2 ** (scale.unitZoom - scale.gridZoom);
    const world = worldPixels(window.zoom);
    // A window may be in another turn of the world.
    const turn = (x: number) => x * edge + Math.round((window.x + window.width / 2 - x * edge) / world) * world - window.x;
    const seen = scale.cells.filter(([x, y]) => {
      const left = turn(x);
      const top = y * edge - window.y;
      return left < window.width + BEYOND && left + edge > -BEYOND && top < window.height + BEYOND && top + edge > -BEYOND;
    });
    const first = seen[0];
    if (!first) return undefined;
    const perUnit = edge / size;
    const key = `${number} ${seen.map(([x, y]) => `${x}/${y}`).join()}`;
    let paths = this.joined.get(key);
    if (!paths) {
      paths = this.joinPaths(seen, first, size);
      this.joined.set(key, paths);
      if (this.joined.size > MOST_SHEETS) this.joined.delete(this.joined.keys().next().value as string);
    }
    return {
      paths,
      scale: perUnit,
      left: turn(first[0]),
      top: first[1] * edge - window.y,
      boxes: seen.map(([x, y, [left, top, right, bottom]]) => {
        const [x0, y0] = [turn(x), y * edge - window.y];
        return [x0 + left * perUnit, y0 + top * perUnit, x0 + right * perUnit, y0 + bottom * perUnit];
      }),
      lines: seen.flatMap((cell) =>
        this.draw(cell).lines.map((line) => ({ line, x: (cell[0] - first[0]) * size, y: (cell[1] - first[1]) * size }))),
    };
  }

  private joinPaths(cells: readonly StreetCell[], first: StreetCell, size: number): Map<string, Path2D> {
    const joined = new Map<string, Path2D>();
    for (const cell of cells) {
      const place = { e: (cell[0] - first[0]) * size, f: (cell[1] - first[1]) * size };
      for (const [kind, path] of this.draw(cell).paths) {
        let all = joined.get(kind);
        if (!all) joined.set(kind, (all = new Path2D()));
        all.addPath(path, place);
      }
    }
    return joined;
  }
}

/** Whether boxes, which do not overlap, leave nothing of the window. */
function covers(boxes: StreetSheet["boxes"], { width, height }: WorldWindow): boolean {
  const area = boxes.reduce((sum, [left, top, right, bottom]) =>
    sum + Math.max(0, Math.min(right, width) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, height) - Math.max(top, 0)), 0);
  return area >= width * height - 4;
}
