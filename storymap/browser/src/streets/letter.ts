/** Set the names of streets along them, and those of squares, stations, parks and sights where they stand. */
import * as look from "../../../look.json";
import { boxAround, isWithin, meets, type ScreenBox } from "../labels/boxes";
import { unpackArcs } from "../basemap/arcs";
import { projectX, projectY, worldPixels } from "../views/mercator";
import type { StreetLabels, StreetsData } from "./contract";
import type { LetterTask } from "./lent";
import type { StreetColours } from "./palette";
import type { StreetSheet } from "./sheets";

interface Spot {
  x: number;
  y: number;
  kind: string;
  text: string;
  first: number;
}

type Kind = keyof typeof look.streets.labels;
type Way = keyof typeof look.streets.names;

/** Pixels on each side of the letters of a name that are kept free. */
const AIR = 3;

/** How far (pixels) a street may bend away from its straight name. */
const BEND = 2.6;

/** How far apart (pixels) a street says its name again. */
const AGAIN = 320;

/** Kinds that stand beside a dot. */
const DOTTED: ReadonlySet<string> = new Set(["landmark", "station"]);

/** How wide (pixels) a name is before it is set in two lines. */
const WRAPPED = 88;

export function unpackLabels({ at, kinds, texts, zooms }: StreetLabels): Spot[] {
  const [places = []] = unpackArcs(at, [0, 0]);
  return places.map(([lon, lat], index) => ({
    x: projectX(lon / 1e5), y: projectY(lat / 1e5), kind: kinds[index] ?? "", text: texts[index] ?? "", first: zooms[index] ?? 0,
  }));
}

export class StreetLetterer {
  private readonly spots: Spot[];

  constructor(private readonly data: StreetsData) {
    this.spots = unpackLabels(data.labels);
  }

  /** Sets names; those of `own` come first. */
  letter(
    brush: CanvasRenderingContext2D, sheets: readonly StreetSheet[], task: LetterTask, colours: StreetColours, own: ReadonlySet<string>,
  ): void {
    brush.save();
    brush.lineJoin = "round";
    brush.textBaseline = "middle";
    const isGreat = ({ kind, text }: Spot) => kind !== "landmark" || own.has(text);
    this.setStreets(brush, sheets, task, colours, (text) => own.has(text));
    this.setSpots(brush, this.spots.filter(isGreat).sort((a, b) => Number(own.has(b.text)) - Number(own.has(a.text))), task, colours);
    this.setStreets(brush, sheets, task, colours, (text) => !own.has(text));
    this.setSpots(brush, this.spots.filter((spot) => !isGreat(spot)), task, colours);
    brush.restore();
  }

  private setSpots(brush: CanvasRenderingContext2D, spots: readonly Spot[], task: LetterTask, colours: StreetColours): void {
    const { window, area, taken } = task;
    const world = worldPixels(window.zoom);
    for (const spot of spots) {
      if (spot.first > window.zoom + 0.3) continue;
      const x = spot.x * world - window.x;
      const y = spot.y * world - window.y;
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const lettering = look.streets.labels[spot.kind as Kind];
      const size = lettering.size;
      brush.font = fontOf(spot.kind, task);
      brush.letterSpacing = `${lettering.spacing}px`;
      const lines = wrap(brush, lettering.upper ? spot.text.toLocaleUpperCase() : spot.text);
      const width = Math.max(...lines.map((line) => brush.measureText(line).width));
      const height = lines.length * size * 1.15;
      const dotted = DOTTED.has(spot.kind);
      const dot = boxAround(x, y, 4);
      if (dotted && (!isWithin(dot, area) || taken.some((other) => meets(other, dot)))) continue;
      const middles: (readonly [number, number])[] = dotted
        ? [[x + 6 + width / 2, y], [x - 6 - width / 2, y], [x, y - 7 - height / 2], [x, y + 7 + height / 2]]
        : [[x, y]];
      const middle = middles.find(([cx, cy]) => {
        const box = around(cx, cy, width, height);
        return isWithin(box, area) && !taken.some((other) => meets(other, box));
      });
      if (!middle) continue;
      const [cx, cy] = middle;
      taken.push(around(cx, cy, width, height));
      const [fill, halo] = coloursOf(spot.kind, task, colours);
      if (dotted) {
        taken.push(dot);
        mark(brush, x, y, spot.kind === "station", fill, task.colours["label-halo"]);
      }
      brush.textAlign = "center";
      for (const [number, line] of lines.entries()) {
        write(brush, line, cx, cy + (number - (lines.length - 1) / 2) * size * 1.15, fill, halo);
      }
    }
  }

  private setStreets(
    brush: CanvasRenderingContext2D, sheets: readonly StreetSheet[], task: LetterTask, colours: StreetColours, isMeant: (text: string) => boolean,
  ): void {
    const { window: { zoom }, taken, area } = task;
    const said = new Map<number, { x: number; y: number }[]>();
    const wanted = sheets.slice(-1).flatMap(({ lines, scale, left, top }) => lines.flatMap(({ line, x, y }) => {
      const [first = 99, size = 0] = look.streets.names[line.kind as Way] ?? [];
      if (zoom + 0.3 < first || !isMeant(this.data.names[line.name] ?? "")) return [];
      const points = line.arc.map(([ux, uy]) => ({ x: left + (x + ux) * scale, y: top + (y + uy) * scale }));
      return [{ line, size: size + Math.max(0, Math.min(1.5, zoom - 15.5)), points, long: lengthOf(points) }];
    }));
    const order = [...look.streets.roads].reverse() as string[];
    const rank = (kind: string) => (order.indexOf(kind) + 1 || order.length + 1);
    wanted.sort((a, b) => rank(a.line.kind) - rank(b.line.kind) || b.long - a.long);
    brush.letterSpacing = "0.2px";
    brush.textAlign = "center";
    for (const { line, size, points, long } of wanted) {
      const text = this.data.names[line.name] ?? "";
      if (long < size * 2) continue;
      brush.font = `500 ${size.toFixed(1)}px ${task.sans}`;
      const width = brush.measureText(text).width;
      if (long < width + 8) continue;
      for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
        const run = findRun(points, long, width + 6, share);
        if (!run) continue;
        const near = said.get(line.name) ?? [];
        if (near.some((other) => Math.hypot(other.x - run.x, other.y - run.y) < AGAIN)) break;
        const boxes = boxesOf(run, width, size);
        if (!boxes.every((box) => isWithin(box, area) && !taken.some((other) => meets(other, box)))) continue;
        taken.push(...boxes);
        said.set(line.name, [...near, run]);
        brush.save();
        brush.translate(run.x, run.y);
        brush.rotate(run.angle);
        write(brush, text, 0, 0.5, colours.name, task.colours["label-halo"]);
        brush.restore();
        break;
      }
    }
  }
}

interface Run {
  x: number;
  y: number;
  angle: number;
}

/** Where a name so wide stands on a line, its middle at a `share` of it; undefined where the line bends away from it. */
export function findRun(points: readonly { x: number; y: number }[], long: number, width: number, share: number): Run | undefined {
  const begin = Math.min(Math.max(0, long * share - width / 2), long - width);
  if (begin < 0) return undefined;
  const inside = cutLine(points, begin, begin + width);
  const first = inside[0];
  const last = inside[inside.length - 1];
  if (!first || !last) return undefined;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const chord = Math.hypot(dx, dy);
  if (chord < width * 0.96) return undefined;
  if (inside.some(({ x, y }) => Math.abs((x - first.x) * dy - (y - first.y) * dx) / chord > BEND)) return undefined;
  const angle = Math.atan2(dy, dx);
  const upright = angle > Math.PI / 2 ? angle - Math.PI : angle <= -Math.PI / 2 ? angle + Math.PI : angle;
  return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, angle: upright };
}

/** The part of a line between two distances from its beginning. */
function cutLine(points: readonly { x: number; y: number }[], begin: number, end: number): { x: number; y: number }[] {
  const inside: { x: number; y: number }[] = [];
  let gone = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] as { x: number; y: number };
    const to = points[index] as { x: number; y: number };
    const step = Math.hypot(to.x - from.x, to.y - from.y);
    const at = (distance: number) => {
      const share = step ? (distance - gone) / step : 0;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    };
    if (!inside.length && gone + step >= begin) inside.push(at(begin));
    if (inside.length && gone + step >= end) return [...inside, at(end)];
    if (inside.length) inside.push(to);
    gone += step;
  }
  return inside;
}

function lengthOf(points: readonly { x: number; y: number }[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] as { x: number; y: number };
    const to = points[index] as { x: number; y: number };
    length += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return length;
}

/** Squares along a name that is turned: together they take little more than its letters do. */
function boxesOf({ x, y, angle }: Run, width: number, size: number): ScreenBox[] {
  const reach = size / 2 + AIR;
  const count = Math.max(1, Math.ceil(width / (reach * 2)));
  return Array.from({ length: count }, (_, index) => {
    const away = width * ((index + 0.5) / count - 0.5);
    return boxAround(x + Math.cos(angle) * away, y + Math.sin(angle) * away, reach);
  });
}

function around(x: number, y: number, width: number, height: number): ScreenBox {
  return { left: x - width / 2 - AIR, right: x + width / 2 + AIR, top: y - height / 2 - AIR + 1, bottom: y + height / 2 + AIR - 1 };
}

/** A long name in two lines, cut at the space that is nearest to its middle. */
function wrap(brush: CanvasRenderingContext2D, text: string): string[] {
  if (!text.includes(" ") || brush.measureText(text).width <= WRAPPED) return [text];
  const middle = text.length / 2;
  let cut = -1;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) {
    if (cut < 0 || Math.abs(at - middle) < Math.abs(cut - middle)) cut = at;
  }
  return [text.slice(0, cut), text.slice(cut + 1)];
}

function fontOf(kind: string, { sans, serif }: LetterTask): string {
  const { size, bold } = look.streets.labels[kind as Kind];
  return kind === "water" ? `italic 400 ${size}px ${serif}` : `${bold ? 600 : 500} ${size}px ${sans}`;
}

function coloursOf(kind: string, { colours }: LetterTask, streets: StreetColours): [fill: string, halo: string] {
  if (kind === "water") return [colours["water-label"], colours["water-halo"]];
  if (kind === "green") return [streets.green, colours["label-halo"]];
  if (kind === "landmark" || kind === "plaza") return [streets.name, colours["label-halo"]];
  return [streets.place, colours["label-halo"]];
}

function mark(brush: CanvasRenderingContext2D, x: number, y: number, square: boolean, fill: string, halo: string): void {
  for (const [reach, colour] of [[3.4, halo], [2.2, fill]] as const) {
    brush.fillStyle = colour;
    brush.beginPath();
    if (square) brush.rect(x - reach, y - reach, reach * 2, reach * 2);
    else brush.arc(x, y, reach, 0, 2 * Math.PI);
    brush.fill();
  }
}

function write(brush: CanvasRenderingContext2D, text: string, x: number, y: number, fill: string, halo: string): void {
  brush.lineWidth = 3;
  brush.strokeStyle = halo;
  brush.strokeText(text, x, y);
  brush.fillStyle = fill;
  brush.fillText(text, x, y);
}
