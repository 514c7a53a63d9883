/** Which cells of which scales a window onto the world shows, and where each lies in it. */
import { worldPixels } from "../views/mercator";
import type { Scale } from "./contract";

/** The world pixel at the window's upper left corner, at `zoom`, and the window's size. */
export interface WorldWindow {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

/** A cell of a scale by its place in `cells`; `column` may lie beyond 180°, where the world begins again. */
export interface CellInWindow {
  index: number;
  column: number;
  row: number;
}

/** The cells of one scale; `whole` says that they leave nothing of the window to a coarser one. */
export interface ScaleInWindow {
  number: number;
  /** Pixels to the edge of a cell. */
  edge: number;
  cells: CellInWindow[];
  whole: boolean;
}

export type CellPicker = (window: WorldWindow) => ScaleInWindow[];

/** Picks the scales that paint a window, coarse to fine; a scale serves from half a zoom before the one it is made for. */
export function makeCellPicker(scales: readonly Pick<Scale, "minZoom" | "gridZoom" | "cells">[]): CellPicker {
  const held = scales.map(({ cells }) => new Map(cells.map(([x, y], index) => [`${x}/${y}`, index])));
  return (window) => {
    const picked: ScaleInWindow[] = [];
    for (const [number, { minZoom, gridZoom }] of [...scales.entries()].reverse()) {
      // As in `storymap/basemap/extents.py`, which decides what is baked.
      if (number && Math.floor(window.zoom + 0.5) < minZoom) continue;
      const edge = worldPixels(window.zoom - gridZoom);
      const found = listCells(window, edge, gridZoom, held[number] ?? new Map());
      if (found.cells.length) picked.unshift({ number, edge, ...found });
      if (found.whole) break;
    }
    return picked;
  };
}

function listCells(
  { x, y, width, height }: WorldWindow, edge: number, gridZoom: number, held: ReadonlyMap<string, number>,
): Pick<ScaleInWindow, "cells" | "whole"> {
  const count = 2 ** gridZoom;
  const cells: CellInWindow[] = [];
  let whole = true;
  const lastRow = Math.min(count - 1, Math.floor((y + height) / edge));
  for (let row = Math.max(0, Math.floor(y / edge)); row <= lastRow; row++) {
    for (let column = Math.floor(x / edge); column <= Math.floor((x + width) / edge); column++) {
      const index = held.get(`${((column % count) + count) % count}/${row}`);
      if (index === undefined) whole = false;
      else cells.push({ index, column, row });
    }
  }
  return { cells, whole };
}
