/** Paint the map of a window: sheet by sheet, and on each from the sea up. */
import * as figures from "../../../figures.json";
import { grow } from "../figures";
import type { Colours } from "./colours";
import { paintGraticule } from "./graticule";
import type { Sheet } from "./sheets";

/** The part of a canvas context that painting needs. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | "setTransform" | "fill" | "stroke" | "fillRect" | "setLineDash" | "save" | "restore" | "beginPath" | "rect" | "clip"
  | "moveTo" | "lineTo"
  | "fillStyle" | "strokeStyle" | "lineWidth" | "lineJoin" | "lineCap" | "globalAlpha"
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
  /** Whether those of countries and regions are drawn. */
  borders: boolean;
  /** Where the map ends in the south, in canvas pixels. */
  south: number;
  /** Where the world begins, and how wide it is; without them there are no meridians and parallels. */
  globe?: { west: number; world: number };
}

/** Paints `sheets`, the coarsest first; each covers those before it where it has cells. */
export function paintMap(brush: Brush, sheets: readonly Sheet[], painting: Painting): void {
  brush.lineJoin = "round";
  brush.lineCap = "round";
  for (const sheet of sheets) {
    brush.save();
    brush.setTransform(1, 0, 0, 1, 0, 0);
    if (sheet.boxes) {
      brush.beginPath();
      for (const box of sheet.boxes) brush.rect(...box);
      brush.clip();
    }
    brush.fillStyle = painting.colours.sea;
    brush.fillRect(0, 0, painting.width, painting.height);
    if (painting.globe) paintGraticule(brush, { ...painting, ...painting.globe });
    brush.setTransform(sheet.scale, 0, 0, sheet.scale, sheet.left, sheet.top);
    paintSheet(brush, sheet, painting);
    brush.restore();
  }
  paintBeyond(brush, painting);
}

/** Beyond the southern edge of the map Antarctica goes on to the pole; beyond the northern one there is sea. */
function paintBeyond(brush: Brush, { colours, highlighted, south, width, height }: Painting): void {
  if (south >= height) return;
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.fillStyle = highlighted.has("AQ") ? colours.highlight : colours.land;
  brush.fillRect(0, Math.floor(south) - 1, width, height - south + 2);
}

function paintSheet(brush: Brush, { paths, scale }: Sheet, { ratio, zoom, colours, highlighted, borders }: Painting): void {
  const pixel = ratio / scale;
  fill(paths.land, colours.land);
  for (const [code, path] of paths.countries) if (highlighted.has(code)) fill(path, colours.highlight);
  fill(paths.lakes, colours.lake);
  brush.globalAlpha = grow(figures.firmness, zoom);
  stroke("rivers", colours.river);
  if (borders) {
    stroke("regions", colours.region, figures.dash);
    stroke("borders", colours.border);
  }
  stroke("coast", colours.coast);
  stroke("shores", colours.coast);
  brush.globalAlpha = 1;

  function fill(path: Path2D | undefined, colour: string): void {
    if (!path) return;
    brush.fillStyle = colour;
    brush.fill(path, "evenodd");
  }

  function stroke(name: keyof typeof figures.lines, colour: string, dashes: number[] = []): void {
    const path = paths[name];
    if (!path) return;
    brush.strokeStyle = colour;
    brush.lineWidth = grow(figures.lines[name], zoom) * pixel;
    brush.setLineDash(dashes.map((length) => length * pixel));
    brush.stroke(path);
  }
}
