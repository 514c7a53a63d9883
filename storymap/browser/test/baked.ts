/** Writes cells as `storymap/basemap/arcs.py` and `bake.py` do, for tests. */
import type { Point, Reference } from "../src/basemap/arcs";

const ALPHABET = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((letter) => !'"&<\\'.includes(letter))
  .join("");

export function packArcs(arcs: readonly (readonly Point[])[]): string {
  let [atX, atY] = [0, 0];
  return arcs
    .map((arc) =>
      arc.map(([x, y]) => {
        const text = packNumber(foldSign(x - atX)) + packNumber(foldSign(y - atY));
        [atX, atY] = [x, y];
        return text;
      }).join(""),
    )
    .join(" ");
}

/** `groups` are arcs by number; -1 - number for one taken backwards, as in TopoJSON. */
export function packReferences(groups: readonly (readonly number[])[]): string {
  let expected = 0;
  return groups
    .map((group) =>
      group.map((number) => {
        const index = number < 0 ? -1 - number : number;
        const text = packNumber(2 * foldSign(index - expected) + (number < 0 ? 1 : 0));
        expected = index + 1;
        return text;
      }).join(""),
    )
    .join(" ");
}

export function refer(number: number): Reference {
  return number < 0 ? { index: -1 - number, backwards: true } : { index: number, backwards: false };
}

function packNumber(value: number): string {
  let text = "";
  let rest = value;
  for (; rest >= 45; rest = Math.floor(rest / 45)) text += ALPHABET[45 + (rest % 45)];
  return text + ALPHABET[rest];
}

function foldSign(value: number): number {
  return value >= 0 ? 2 * value : -2 * value - 1;
}

/** Stands in for the browser's Path2D: keeps what was drawn as text. */
export class NotedPath {
  readonly notes: string[] = [];

  moveTo(x: number, y: number): void { this.notes.push(`M${x},${y}`); }
  lineTo(x: number, y: number): void { this.notes.push(`L${x},${y}`); }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void { this.notes.push(`Q${cx},${cy},${x},${y}`); }
  closePath(): void { this.notes.push("Z"); }
  addPath(path: NotedPath, { e, f }: { e: number; f: number }): void {
    this.notes.push(`(${e},${f}:${path.notes.join(" ")})`);
  }
}

/** What was drawn on a path, of which `globalThis.Path2D` is a `NotedPath`. */
export function notesOf(path: Path2D | undefined): string {
  return (path as unknown as NotedPath | undefined)?.notes.join(" ") ?? "";
}
