/**
 * Paint streets over the drawn map: areas, then ways from the lowest level up, each road in its casing. Stills are drawn in
 * the same order by `storymap/drawing/streets.py`.
 */
import * as look from "../../../look.json";
import type { Colours } from "../basemap/colours";
import { growStreets } from "./growing";
import type { StreetColours } from "./palette";
import { listEnds, Strip, type Box } from "./ends";
import type { StreetSheet } from "./sheets";

type Widths = keyof typeof look.streets.widths;

/** Zooms in which streets come in over the drawn map. */
const COMING = [10.5, 11.2] as const;

/** How wide (pixels) the edge is over which streets fade out where they end. */
const SOFT = 44;

/** From this zoom on buildings have an outline. */
const WALLS = 15.4;

/** How wide (pixels) that is. */
const WALL = 0.6;

/** Pixels of the outline that waters have in their own colour: an arm that was straightened to nothing is still a line. */
const SHORE = 1;

export interface StreetPainting {
  /** Canvas pixels, and how many of them are one CSS pixel. */
  width: number;
  height: number;
  ratio: number;
  zoom: number;
  colours: Colours;
  streets: StreetColours;
}

export function paintStreets(brush: CanvasRenderingContext2D, sheets: readonly StreetSheet[], painting: StreetPainting): void {
  const shown = Math.min(1, Math.max(0, (painting.zoom - COMING[0]) / (COMING[1] - COMING[0])));
  if (!shown) return;
  for (const sheet of sheets) paintSheet(brush, sheet, painting, shown);
}

function paintSheet(
  brush: CanvasRenderingContext2D, { paths, scale, left, top, boxes }: StreetSheet, { ratio, zoom, colours, streets }: StreetPainting, shown: number,
): void {
  const edges = boxes.map((box) => box.map((edge) => Math.round(edge * ratio)) as Box);
  const strips = listEnds(edges, SOFT * ratio, brush.canvas).map((end) => new Strip(brush, end));
  brush.save();
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.beginPath();
  for (const [west, north, east, south] of edges) {
    // Where there is no neighbour the last pixel is only half covered by what lies there.
    const [x, y] = [west + open(0, west), north + open(1, north)];
    brush.rect(x, y, east - open(2, east) - x, south - open(3, south) - y);
  }
  brush.clip();
  brush.globalAlpha = shown;
  brush.fillStyle = colours.land;
  brush.fillRect(0, 0, brush.canvas.width, brush.canvas.height);
  brush.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
  brush.lineJoin = "round";
  const pixel = 1 / scale;
  for (const kind of look.streets.areas) {
    const path = paths.get(kind);
    if (!path) continue;
    brush.fillStyle = kind === "water" ? colours.lake : streets[kind as keyof StreetColours];
    brush.fill(path, "evenodd");
    const edge = kind === "water" ? SHORE : kind === "building" && zoom >= WALLS ? WALL : 0;
    if (!edge) continue;
    brush.strokeStyle = kind === "water" ? colours.lake : streets.wall;
    brush.lineWidth = edge * pixel;
    brush.setLineDash([]);
    brush.stroke(path);
  }
  line("river", colours.river, "", { cap: "butt" });
  line("coast", colours.coast, "", { cap: "butt" });
  for (const sign of ["-", "", "+"]) {
    brush.globalAlpha = shown * (sign === "-" ? 0.45 : 1);
    const dash = sign === "-" ? look.streets.dashes.tunnel : [];
    if (sign !== "-") {
      line("path", streets.path, sign, { dash: look.streets.dashes.path });
      line("steps", streets.path, sign, { dash: look.streets.dashes.steps, cap: "butt" });
    }
    const casing = growStreets(look.streets.casing, zoom) * 2;
    for (const road of look.streets.roads) line(road, streets[`${road}-casing` as keyof StreetColours], sign, { wider: casing, cap: sign ? "butt" : "round", dash });
    for (const road of look.streets.roads) line(road, streets[road as keyof StreetColours], sign);
    line("rail", streets.rail, sign, { dash });
    line("tram", streets.tram, sign, { dash });
  }
  brush.restore();
  for (const strip of strips) strip.lay(brush);

  function open(side: number, edge: number): number {
    return edges.some((other) => other[(side + 2) % 4] === edge) ? 0 : 1;
  }

  function line(kind: string, colour: string, sign = "", { wider = 0, dash = [] as readonly number[], cap = "round" as CanvasLineCap } = {}): void {
    const path = paths.get(kind + sign);
    const width = growStreets(look.streets.widths[kind as Widths], zoom);
    if (!path || !width) return;
    brush.strokeStyle = colour;
    brush.lineWidth = (width + wider) * pixel;
    brush.lineCap = cap;
    brush.setLineDash(dash.map((length) => length * pixel * (kind === "steps" ? 1 : Math.max(1, width))));
    brush.stroke(path);
  }
}
