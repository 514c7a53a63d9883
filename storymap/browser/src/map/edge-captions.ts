/** Names at the edge of the map: where a line of the current step leaves what is seen, the place that it leads to. */
import type * as L from "leaflet";
import type { Point } from "../contract";
import { boxesAlong, isWithin, meets, type ScreenBox } from "../labels/boxes";
import { findSeen } from "../views/frame";
import { findCovers } from "./covers";

/** Pixels between a caption and the edge, and around its line. */
const ROOM = 10;

/** How far from the middle of its line a caption stays. */
const CLEAR = 3;

/** The height of a caption, and how far from the edge it may stand, in pixels. */
const HEIGHT = 24;
const FARTHEST = 5 * HEIGHT;

export class EdgeCaptions {
  private shown: { element: HTMLElement; box: ScreenBox }[] = [];

  constructor(private readonly map: L.Map) {}

  get boxes(): ScreenBox[] {
    return this.shown.map(({ box }) => box);
  }

  clear(): void {
    for (const { element } of this.shown) element.remove();
    this.shown = [];
  }

  /** Names what lies beyond the edge on the way of `line`, if just one of its ends does; `nameOf` an end. */
  add(line: readonly Point[], nameOf: (end: Point) => string | undefined): void {
    for (const turn of [-360, 0, 360]) {
      const points = line.map(([lon, lat]) => this.map.latLngToContainerPoint([lat, lon + turn]));
      for (const [way, end] of [[points, line[line.length - 1]], [[...points].reverse(), line[0]]] as const) {
        const name = end && nameOf(end);
        if (name) this.write(way, name);
      }
    }
  }

  private write(way: readonly L.Point[], name: string): void {
    const seen = findSeen(this.map);
    const beyond = way.findIndex((point) => !isIn(seen, point));
    const [inside, outside] = [way[beyond - 1], way[beyond]];
    // Only a way that begins in sight and ends out of it.
    if (!inside || !outside || way.slice(beyond).some((point) => isIn(seen, point))) return;
    const share = (from: number, to: number, edge: number) => (to === from ? Infinity : (edge - from) / (to - from));
    const [across, down] = [outside.x - inside.x, outside.y - inside.y];
    const toSide = share(inside.x, outside.x, across > 0 ? seen.right : seen.left);
    const toEnd = share(inside.y, outside.y, down > 0 ? seen.bottom : seen.top);
    const edge = inside.add(outside.subtract(inside).multiplyBy(Math.max(0, Math.min(toSide, toEnd))));
    const aside = toSide < toEnd;
    const arrow = aside ? (across > 0 ? "→" : "←") : down > 0 ? "↓" : "↑";
    const element = write(name, arrow);
    this.map.getContainer().append(element);
    const width = element.offsetWidth;
    // Beside the line on either side, not on it.
    const taken = [...findCovers(this.map), ...this.boxes, ...boxesAlong([...way.slice(0, beyond), edge], CLEAR)];
    // At the edge, or further in where a button stands there.
    const length = Math.hypot(across, down) || 1;
    const slant = aside ? (width / 2) * Math.abs(down / across) : (HEIGHT / 2) * Math.abs(across / down);
    for (let back = 0; back <= FARTHEST; back += HEIGHT) {
      const { x, y } = edge.subtract([(across / length) * back, (down / length) * back]);
      for (const before of aside ? [down < 0, down >= 0] : [across < 0, across >= 0]) {
        const left = aside ? x - width / 2 : before ? x - ROOM - slant - width : x + ROOM + slant;
        const top = aside ? (before ? y - HEIGHT - ROOM / 2 - slant : y + ROOM / 2 + slant) : y - HEIGHT / 2;
        const box = boxIn(seen, left, top, width);
        if (!isWithin(box, seen) || taken.some((other) => meets(other, box))) continue;
        element.style.transform = `translate(${box.left}px, ${box.top}px)`;
        this.shown.push({ element, box });
        return;
      }
    }
    element.remove();
  }
}

/** A caption: the arrow points the way whatever the language. */
function write(name: string, arrow: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "route-edge";
  element.setAttribute("aria-hidden", "true");
  element.dir = "ltr";
  const said = document.createElement("bdi");
  said.textContent = name;
  if (arrow === "→") element.append(said, ` ${arrow}`);
  else element.append(`${arrow} `, said);
  return element;
}

/** A caption's box, with air to the edges of what is seen. */
function boxIn(seen: ScreenBox, wantedLeft: number, wantedTop: number, width: number): ScreenBox {
  const left = Math.max(seen.left + ROOM, Math.min(seen.right - ROOM - width, wantedLeft));
  const top = Math.max(seen.top + ROOM, Math.min(seen.bottom - ROOM - HEIGHT, wantedTop));
  return { left, top, right: left + width, bottom: top + HEIGHT };
}

function isIn({ left, top, right, bottom }: ScreenBox, { x, y }: L.Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}
