/** The sheets that lie on one another in a window: the visible cells of each scale put together, coarse to fine. */
import { cellSize, drawCell, drawInPieces, type MapPaths } from "./cells";
import type { Basemap, Scale } from "./contract";
import { makeCellPicker, type CellInWindow, type ScaleInWindow, type WorldWindow } from "./window";

/** A rectangle in pixels of the canvas. */
export type PixelBox = [left: number, top: number, width: number, height: number];

export interface Sheet {
  paths: MapPaths;
  /** Canvas pixels per unit of the paths, and of the point that they are measured from. */
  scale: number;
  left: number;
  top: number;
  /** Where the sheet covers the coarser ones; undefined where it covers all. */
  boxes?: PixelBox[];
}

/** More cells than a long flight needs, and more looks at them than come back; the oldest are forgotten. */
const MOST_CELLS = 600;
const MOST_SHEETS = 12;

export class SheetStore {
  private readonly pick;
  private readonly scales: readonly Scale[];
  private readonly cells = new Map<string, MapPaths>();
  private readonly sheets = new Map<string, MapPaths>();

  constructor({ scales }: Pick<Basemap, "scales">) {
    this.scales = scales;
    this.pick = makeCellPicker(scales);
  }

  /** The sheets for a window; `ratio` is canvas pixels per pixel of the window. */
  list(window: WorldWindow, ratio: number): Sheet[] {
    return this.pick(window).flatMap((picked) => {
      const scale = this.scales[picked.number];
      const origin = picked.cells[0];
      if (!scale || !origin) return [];
      const edge = picked.edge * ratio;
      const sheet = {
        paths: this.join(scale, picked, origin),
        scale: edge / cellSize(scale),
        left: origin.column * edge - window.x * ratio,
        top: origin.row * edge - window.y * ratio,
      };
      return [picked.whole ? sheet : { ...sheet, boxes: listBoxes(picked.cells, edge, window, ratio) }];
    });
  }

  /** Decodes the cells of a window, or all that there are; `pause` is waited for between the pieces of this work. */
  async prepare(window: WorldWindow | undefined, pause: () => Promise<void>): Promise<void> {
    const wanted = window
      ? this.pick(window).map(({ number, cells }) => [number, cells.map(({ index }) => index)] as const)
      : this.scales.map(({ cells }, number) => [number, [...cells.keys()]] as const);
    for (const [number, indexes] of wanted) {
      for (const index of indexes) {
        if (this.cells.size >= MOST_CELLS) return;
        const key = `${number}:${index}`;
        if (this.cells.has(key)) continue;
        const work = drawInPieces(this.scales[number] as Scale, index);
        let piece = work.next();
        while (!piece.done) {
          await pause();
          piece = work.next();
        }
        const paths = piece.value;
        remember(this.cells, key, MOST_CELLS, () => paths);
        await pause();
      }
    }
  }

  private decode(number: number, index: number): MapPaths {
    return remember(this.cells, `${number}:${index}`, MOST_CELLS, () => drawCell(this.scales[number] as Scale, index));
  }

  /** One path for all cells: filled one by one, their edges would show as seams. */
  private join(scale: Scale, { number, cells }: ScaleInWindow, origin: CellInWindow): MapPaths {
    const places = cells.map(({ index, column, row }) => [index, column - origin.column, row - origin.row] as const);
    return remember(this.sheets, `${number}:${places.join(" ")}`, MOST_SHEETS, () => {
      const size = cellSize(scale);
      const joined: MapPaths = { countries: new Map() };
      for (const [index, column, row] of places) {
        const { countries, ...paths } = this.decode(number, index);
        const place = { e: column * size, f: row * size };
        for (const [name, path] of Object.entries(paths) as [keyof typeof paths, Path2D][]) {
          (joined[name] ??= new Path2D()).addPath(path, place);
        }
        for (const [code, path] of countries) {
          const all = joined.countries.get(code) ?? new Path2D();
          all.addPath(path, place);
          joined.countries.set(code, all);
        }
      }
      return joined;
    });
  }
}

/** Whole pixels, within the cells on the outside and overlapping on the inside: no edge is seen through. */
function listBoxes(cells: readonly CellInWindow[], edge: number, { x, y }: WorldWindow, ratio: number): PixelBox[] {
  const present = new Set(cells.map(({ column, row }) => `${column}/${row}`));
  return cells.map(({ column, row }) => {
    const before = (at: number, beside: string) => (present.has(beside) ? Math.floor(at) : Math.ceil(at));
    const after = (at: number, beside: string) => (present.has(beside) ? Math.ceil(at) : Math.floor(at));
    const left = before(column * edge - x * ratio, `${column - 1}/${row}`);
    const top = before(row * edge - y * ratio, `${column}/${row - 1}`);
    const right = after((column + 1) * edge - x * ratio, `${column + 1}/${row}`);
    const bottom = after((row + 1) * edge - y * ratio, `${column}/${row + 1}`);
    return [left, top, right - left, bottom - top];
  });
}

/** The value under `key`, made the first time; of more than `most` the one that was made first is forgotten. */
function remember<Value>(values: Map<string, Value>, key: string, most: number, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    values.set(key, (value = make()));
    if (values.size > most) values.delete(values.keys().next().value as string);
  }
  return value;
}
