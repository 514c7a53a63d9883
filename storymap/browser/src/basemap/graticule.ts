/**
 * Meridians and parallels over the sea, which say where in the world it is: the equator and the 180th meridian are firmer
 * than the others. `storymap/drawing/land.py` draws the same on stills.
 */
import * as look from "../../../look.json";
import { projectY } from "../views/mercator";
import type { Brush, Painting } from "./paint";

/** `west` is where the world begins, `south` where the map ends, and `world` how wide it is, all in canvas pixels. */
export type Globe = Pick<Painting, "width" | "height" | "ratio" | "zoom" | "colours" | "south"> & { west: number; world: number };

/** Degrees between the lines at `zoom`; 0 where there are none. */
export function stepAt(zoom: number): number {
  return look.graticule.filter((one) => one.zoom <= zoom).pop()?.step ?? 0;
}

export function paintGraticule(brush: Brush, { width, height, ratio, zoom, colours, south, west, world }: Globe): void {
  const step = stepAt(zoom);
  if (!step) return;
  brush.lineWidth = look.graticuleWidth * ratio;
  brush.setLineDash([]);
  const degree = world / 360;
  for (const great of [false, true]) {
    brush.beginPath();
    for (let lon = Math.ceil(-west / degree / step) * step; lon * degree + west <= width; lon += step) {
      // Longitudes are counted from the 180th meridian.
      if ((lon % 360 === 0) === great) line(lon * degree + west, 0, 0, height);
    }
    for (let lat = Math.floor(85 / step) * step; lat > -86; lat -= step) {
      const y = south - world + projectY(lat) * world;
      if ((lat === 0) === great && y >= 0 && y <= height) line(0, y, width, 0);
    }
    brush.strokeStyle = great ? colours.equator : colours.graticule;
    brush.stroke();
  }

  function line(x: number, y: number, right: number, down: number): void {
    brush.moveTo(x, y);
    brush.lineTo(x + right, y + down);
  }
}
