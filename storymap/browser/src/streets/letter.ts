/** Set the names of streets along them, and those of squares, stations, parks and sights where they stand. */
import * as look from "../../../look.json";
import { boxAround, isWithin, meets, type ScreenBox } from "../labels/boxes";
import { unpackArcs } from "../basemap/arcs";
import { placeInTurn, projectX, projectY, worldPixels } from "../views/mercator";
import { bendName, canBend, findRun, type Run } from "./along";
import { joinPieces, measureLine, type StreetLine } from "./centrelines";
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

/** How far apart (pixels) a street says its name again: on most screens it says it once. */
const AGAIN = 640;

/** Units by which pieces of a street may overlap, or be apart, where a cell has cut it. */
const CUT = 10;

/** From this zoom on streets are named before quarters, which are then larger than the window. */
const STREETS_FIRST = 15.5;

const QUARTERS: ReadonlySet<string> = new Set(["suburb", "quarter"]);

/** A name may come this many zooms before its own. */
const EARLY = 0.4;

/** Where along a street its name is tried. */
const SHARES = [0.5, 0.38, 0.62, 0.26, 0.74, 0.14, 0.86];

/** Kinds that stand beside a dot. */
const DOTTED: ReadonlySet<string> = new Set(["landmark", "station"]);

/** Kinds that name what surrounds a place, for the steps that are there: its building, and its street where that is not named along it. */
const SURROUNDING: ReadonlySet<string> = new Set(["own", "way"]);

/** Kinds that name an area: where their place is taken, by a marker, they may stand above or below it. */
const AREAS: ReadonlySet<string> = new Set(["suburb", "quarter", "water", "green"]);

/** So many zooms after it has room for its name an area has it beside its middle, too. */
const ROOMY = 1.6;

/** Pixels from the place of a name to the edge of it that stands above or below: as much as a marker takes. */
const ASIDE = 24;

/** From this zoom on the name of a quarter is still in it there, and may give way to a marker. */
const NEARBY = 13.5;

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
    const isLater = (kind: string) => kind === "landmark" || (task.window.zoom >= STREETS_FIRST && QUARTERS.has(kind));
    const isGreat = ({ kind }: Spot) => !isLater(kind);
    const lines = this.listLines(sheets, task.window.zoom);
    const isOwn = ({ name }: StreetLine) => own.has(this.data.names[name] ?? "");
    // What has a name of its own, a square or a station, says it once, and so does a street that is called the same.
    const said = new Set(task.said);
    const standing: ScreenBox[] = [];
    const ownTask = { ...task, area: { left: 0, top: 0, right: task.window.width, bottom: task.window.height } };
    this.setStreets(brush, lines.filter(isOwn), ownTask, colours, said);
    this.setSpots(brush, this.spots.filter(({ text }) => own.has(text)), ownTask, colours, said, own, standing);
    this.setSpots(brush, this.spots.filter(isGreat), task, colours, said, own, standing);
    this.setStreets(brush, lines.filter((line) => !isOwn(line)), task, colours, said);
    const later = this.spots.filter((spot) => !isGreat(spot)).sort((a, b) => Number(a.kind === "landmark") - Number(b.kind === "landmark"));
    this.setSpots(brush, later, task, colours, said, own, standing);
    brush.restore();
  }

  /** The streets that a window names, each in as few pieces as it has, the most important first. */
  private listLines(sheets: readonly StreetSheet[], zoom: number): (StreetLine & { size: number; long: number })[] {
    const order = [...look.streets.roads].reverse() as string[];
    const rank = (kind: string) => (order.indexOf(kind) + 1 || order.length + 1);
    return sheets.slice(-1).flatMap(({ lines, scale, left, top }) => {
      const shown = lines.filter(({ line }) => zoom + EARLY >= (look.streets.names[line.kind as Way]?.[0] ?? 99));
      const pieces = shown.map(({ line: { kind, name, arc }, x, y }) => (
        { kind, name, points: arc.map(([ux, uy]) => ({ x: left + (x + ux) * scale, y: top + (y + uy) * scale })) }));
      return joinPieces(pieces, CUT * scale + 1);
    }).map((line) => {
      const [, size = 0] = look.streets.names[line.kind as Way] ?? [];
      return { ...line, size: size + Math.max(0, Math.min(1.5, zoom - 15.5)), long: measureLine(line.points) };
    }).sort((a, b) => rank(a.kind) - rank(b.kind) || b.long - a.long);
  }

  /**
   * Sets names where there is room. Those that are moved out of a marker's way pass none of what is `standing`: of two
   * quarters the northern one would be named south of the other.
   */
  private setSpots(
    brush: CanvasRenderingContext2D, spots: readonly Spot[], task: LetterTask, colours: StreetColours, said: Set<string>,
    own: ReadonlySet<string>, standing: ScreenBox[],
  ): void {
    const { window, area, taken } = task;
    const world = worldPixels(window.zoom);
    for (const spot of spots) {
      if (spot.first > window.zoom + EARLY || said.has(spot.text) || (SURROUNDING.has(spot.kind) && !own.has(spot.text))) continue;
      const x = placeInTurn(spot.x, window);
      const y = spot.y * world - window.y;
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const lettering = look.streets.labels[spot.kind as Kind];
      const size = lettering.size;
      brush.font = fontOf(spot.kind, task);
      brush.letterSpacing = canBend(spot.text) ? `${lettering.spacing}px` : "0px"; // letters that are joined are not pulled apart
      const lines = wrap(brush, lettering.upper ? spot.text.toLocaleUpperCase() : spot.text);
      const width = Math.max(...lines.map((line) => brush.measureText(line).width));
      const height = lines.length * size * 1.15;
      const dot = boxAround(x, y, 4);
      const marked = DOTTED.has(spot.kind) && taken.some((other) => meets(other, dot));
      // A marker on what it is about stands for the dot of that.
      if (DOTTED.has(spot.kind) && (!isWithin(dot, area) || (marked && !own.has(spot.text)))) continue;
      const dotted = DOTTED.has(spot.kind) && !marked;
      const middle = listMiddles(spot, [x, y], [width, height], window.zoom, dotted, own.has(spot.text)).find(([cx, cy]) => {
        const box = around(cx, cy, width, height);
        const way = enclose(box, around(x, y, 0, 0));
        return isWithin(box, area) && !taken.some((other) => meets(other, box)) && (own.has(spot.text) || !standing.some((other) => meets(other, way)));
      });
      if (!middle) continue;
      const [cx, cy] = middle;
      const box = around(cx, cy, width, height);
      said.add(spot.text);
      taken.push(box);
      standing.push(box);
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
    brush: CanvasRenderingContext2D, lines: readonly (StreetLine & { size: number; long: number })[], task: LetterTask, colours: StreetColours,
    said: Set<string>,
  ): void {
    const { taken, area } = task;
    const before = new Set(said);
    const set = new Map<number, Run[]>();
    const halo = task.colours["label-halo"];
    brush.textAlign = "center";
    for (const { name, size, points, long } of lines) {
      const text = this.data.names[name] ?? "";
      if (long < size * 2 || before.has(text)) continue;
      brush.font = `500 ${size.toFixed(1)}px ${task.sans}`;
      brush.letterSpacing = canBend(text) ? "0.2px" : "0px";
      const width = brush.measureText(text).width;
      if (long < width + 8) continue;
      const near = set.get(name) ?? [];
      const isAgain = ({ x, y }: Run) => near.some((other) => Math.hypot(other.x - x, other.y - y) < AGAIN);
      const isFree = (boxes: readonly ScreenBox[]) => boxes.every((box) => isWithin(box, area) && !taken.some((other) => meets(other, box)));
      const take = (boxes: readonly ScreenBox[], middle: Run) => {
        taken.push(...boxes);
        set.set(name, [...near, middle]);
        said.add(text);
      };
      const straight = find((share) => findRun(points, long, width + 6, share), (run) => !isAgain(run) && isFree(boxesOf(run, width, size)));
      if (straight) {
        take(boxesOf(straight, width, size), straight);
        turn(brush, straight, () => write(brush, text, 0, 0.5, colours.name, halo));
        continue;
      }
      if (!canBend(text)) continue;
      const letters = [...text];
      const widths = letters.map((_, index) => brush.measureText(text.slice(0, index + 1)).width - brush.measureText(text.slice(0, index)).width);
      const boxesAlong = (runs: readonly Run[]) => runs.map(({ x, y }) => boxAround(x, y, size / 2 + AIR));
      const middleOf = (runs: readonly Run[]) => runs[runs.length >> 1] as Run;
      const bent = find((share) => bendName(points, long, widths, size, share), (runs) => !isAgain(middleOf(runs)) && isFree(boxesAlong(runs)));
      if (!bent) continue;
      take(boxesAlong(bent), middleOf(bent));
      // All halos first: that of a letter would lie on the one before.
      for (const fill of ["", colours.name]) {
        for (const [index, run] of bent.entries()) turn(brush, run, () => write(brush, letters[index] ?? "", 0, 0.5, fill, fill ? "" : halo));
      }
    }
  }
}

/** Where the middle of a name may be, the best first, so wide and high: beside its dot, or at its place. */
function listMiddles(
  { kind, first }: Spot, [x, y]: readonly [number, number], [width, height]: readonly [number, number], zoom: number, dotted: boolean,
  isOwn: boolean,
): (readonly [number, number])[] {
  if (dotted) return [[x + 6 + width / 2, y], [x - 6 - width / 2, y], [x, y - 7 - height / 2], [x, y + 7 + height / 2]];
  const away = ASIDE + height / 2;
  if (isOwn) {
    const aside = ASIDE + width / 2;
    return [0, -aside, aside].flatMap((across) => [0, away, -away].map((down) => [x + across, y + down] as const));
  }
  const movable = DOTTED.has(kind) || (AREAS.has(kind) && zoom >= (QUARTERS.has(kind) ? NEARBY : first + ROOMY));
  return movable ? [[x, y], [x, y + away], [x, y - away]] : [[x, y]];
}

/** What `make` gives for the first share of a street at which it is fit. */
function find<T>(make: (share: number) => T | undefined, isFit: (made: T) => boolean): T | undefined {
  for (const share of SHARES) {
    const made = make(share);
    if (made !== undefined && isFit(made)) return made;
  }
  return undefined;
}

function turn(brush: CanvasRenderingContext2D, { x, y, angle }: Run, draw: () => void): void {
  brush.save();
  brush.translate(x, y);
  brush.rotate(angle);
  draw();
  brush.restore();
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

function enclose(one: ScreenBox, other: ScreenBox): ScreenBox {
  return {
    left: Math.min(one.left, other.left), top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right), bottom: Math.max(one.bottom, other.bottom),
  };
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
  if (kind === "landmark" || kind === "plaza" || kind === "way") return [streets.name, colours["label-halo"]];
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

/** Writes a text, or where one of the colours is empty the other half of it. */
function write(brush: CanvasRenderingContext2D, text: string, x: number, y: number, fill: string, halo: string): void {
  brush.lineWidth = 3;
  brush.strokeStyle = halo;
  if (halo) brush.strokeText(text, x, y);
  brush.fillStyle = fill;
  if (fill) brush.fillText(text, x, y);
}
