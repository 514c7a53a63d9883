/** Which tiles a window onto the world needs, and where each lies in it. */

/** Pixels of a tile's edge at a whole zoom. */
const TILE = 256;

/** A tile in a window: `x` is wrapped into the world, `left`, `top` and `edge` are in pixels of the window. */
export interface TileInWindow {
  x: number;
  y: number;
  z: number;
  left: number;
  top: number;
  edge: number;
}

/** The world pixel at the window's upper left corner, at `zoom`, and the window's size. */
export interface WorldWindow {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

/** Tiles are of the whole zoom below the window's and so drawn at one to two times their size. */
export function tileWindow({ x, y, zoom, width, height }: WorldWindow): TileInWindow[] {
  const z = Math.max(0, Math.floor(zoom + 1e-6));
  const edge = TILE * 2 ** (zoom - z);
  const count = 2 ** z;
  const rows = { first: Math.max(0, Math.floor(y / edge)), last: Math.min(count - 1, Math.floor((y + height) / edge)) };
  const columns = { first: Math.floor(x / edge), last: Math.floor((x + width) / edge) };
  const tiles: TileInWindow[] = [];
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) {
      const wrapped = ((column % count) + count) % count;
      tiles.push({ x: wrapped, y: row, z, left: column * edge - x, top: row * edge - y, edge });
    }
  }
  return tiles;
}
