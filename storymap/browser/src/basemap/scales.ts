/** Which scale of the baked basemap paints a tile. */
import type { Scale } from "./contract";

export interface TileAddress {
  x: number;
  y: number;
  z: number;
}

/** Answers with the index of the finest scale that serves the tile and holds the cell over it; 0, the world, as a last resort. */
export type ScalePicker = (tile: TileAddress) => number;

export function makeScalePicker(scales: readonly Pick<Scale, "minZoom" | "gridZoom" | "cells">[]): ScalePicker {
  const held = scales.map(({ cells }) => new Set(cells.map(([x, y]) => `${x}/${y}`)));
  return ({ x, y, z }) => {
    for (let index = scales.length - 1; index > 0; index--) {
      const scale = scales[index];
      if (!scale || z < scale.minZoom || z < scale.gridZoom) continue;
      const shrink = 2 ** (z - scale.gridZoom);
      if (held[index]?.has(`${Math.floor(x / shrink)}/${Math.floor(y / shrink)}`)) return index;
    }
    return 0;
  };
}
