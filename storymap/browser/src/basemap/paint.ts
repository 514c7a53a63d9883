/** Paint the map of a window: object by object over all tiles, so that no tile covers its neighbour's lines. */
import type { Colours } from "./colours";
import type { TilePaths } from "./paths";
import { EXTENT } from "./slices";
import type { TileInWindow } from "./tiling";

/** The part of a canvas context that painting needs. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | "setTransform" | "fill" | "stroke" | "fillRect" | "setLineDash"
  | "fillStyle" | "strokeStyle" | "lineWidth" | "lineJoin" | "lineCap"
>;

export interface Painting {
  /** Canvas pixels, and how many of them are one CSS pixel. */
  width: number;
  height: number;
  ratio: number;
  /** Decides how bold lines are. */
  zoom: number;
  colours: Colours;
  /** Filled countries. */
  highlighted: ReadonlySet<string>;
}

type PlainPath = Exclude<keyof TilePaths, "countries">;

export function paintMap(brush: Brush, tiles: readonly (TileInWindow & { paths: TilePaths })[], painting: Painting): void {
  const { ratio, zoom, colours, highlighted } = painting;
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.fillStyle = colours.sea;
  brush.fillRect(0, 0, painting.width, painting.height);
  brush.lineJoin = "round";
  brush.lineCap = "round";

  fill("land", colours.land);
  brush.fillStyle = colours.highlight;
  for (const tile of tiles) {
    place(tile);
    for (const [code, path] of tile.paths.countries) if (highlighted.has(code)) brush.fill(path, "evenodd");
  }
  fill("lakes", colours.lake);
  stroke("rivers", colours.river, grow(zoom, 3, 0.5, 10, 1.8));
  stroke("regions", colours.region, grow(zoom, 4, 0.7, 10, 1.1), [4, 2.5]);
  stroke("borders", colours.border, grow(zoom, 2, 0.6, 9, 1.5));
  stroke("coast", colours.coast, grow(zoom, 2, 0.6, 10, 1.2));
  stroke("shores", colours.coast, grow(zoom, 2, 0.3, 10, 0.9));

  function fill(name: PlainPath, colour: string): void {
    brush.fillStyle = colour;
    for (const tile of tiles) {
      const path = tile.paths[name];
      if (!path) continue;
      place(tile);
      brush.fill(path, "evenodd");
    }
  }

  function stroke(name: PlainPath, colour: string, width: number, dash: number[] = []): void {
    brush.strokeStyle = colour;
    for (const tile of tiles) {
      const path = tile.paths[name];
      if (!path) continue;
      const scale = place(tile) / ratio;
      brush.lineWidth = width / scale;
      brush.setLineDash(dash.map((length) => length / scale));
      brush.stroke(path);
    }
  }

  /** Makes the brush paint in the tile's coordinates; answers with canvas pixels per unit of them. */
  function place({ left, top, edge }: TileInWindow): number {
    const scale = (edge * ratio) / EXTENT;
    brush.setTransform(scale, 0, 0, scale, left * ratio, top * ratio);
    return scale;
  }
}

/** A width that grows evenly from `from` at zoom `low` to `to` at zoom `high`. */
function grow(zoom: number, low: number, from: number, high: number, to: number): number {
  const share = Math.max(0, Math.min(1, (zoom - low) / (high - low)));
  return from + (to - from) * share;
}
