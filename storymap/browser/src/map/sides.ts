/** The two sides of a line on the map: what lies on one of them alone is cut off at the line. */
import * as L from "leaflet";
import type { Side } from "../contract";

const SVG = "http://www.w3.org/2000/svg";
const SIDES: readonly Side[] = ["left", "right"];

/** Wider and higher than any map, in pixels. */
const FAR = 1e5;

/** Has a shape of a vector layer cut off at the line, or not. */
export function takeSide(shape: Element, side: Side | undefined): void {
  for (const each of SIDES) shape.classList.toggle(`is-${each}-of-line`, each === side);
}

/** The pane for pictures of a side. */
export function findPane(map: L.Map, pane: string, side: Side | undefined): string {
  if (!side) return pane;
  const name = `${pane}-${side}`;
  if (!map.getPane(name)) map.createPane(name).style.zIndex = map.getPane(pane)?.style.zIndex ?? "";
  return name;
}

/** Cuts everything that has a side off at `x`, in pixels of the map. */
export class Sides {
  private readonly clips = document.createElementNS(SVG, "svg");
  private readonly boxes = new Map<Side, SVGRectElement>();

  constructor(private readonly map: L.Map) {
    this.clips.classList.add("line-clips");
    this.clips.setAttribute("aria-hidden", "true");
    for (const side of SIDES) {
      const clip = document.createElementNS(SVG, "clipPath");
      clip.id = `${side}-of-line`;
      const box = document.createElementNS(SVG, "rect");
      for (const [key, value] of Object.entries({ y: -FAR, width: FAR, height: 2 * FAR })) box.setAttribute(key, String(value));
      clip.append(box);
      this.clips.append(clip);
      this.boxes.set(side, box);
    }
    map.getContainer().append(this.clips);
  }

  cut(x: number): void {
    const { left } = this.map.getContainer().getBoundingClientRect();
    // A drawing is pushed and stretched while the map moves: its own pixels are others then.
    const matrix = this.map.getPane("data")?.querySelector("svg")?.getScreenCTM();
    const inShapes = matrix ? (left + x - matrix.e) / matrix.a : x;
    this.boxes.get("left")?.setAttribute("x", String(inShapes - FAR));
    this.boxes.get("right")?.setAttribute("x", String(inShapes));
    const inPane = this.map.containerPointToLayerPoint([x, 0]).x;
    const edges: Record<Side, [number, number]> = { left: [inPane - FAR, inPane], right: [inPane, inPane + FAR] };
    for (const side of SIDES) {
      const pane = this.map.getPane(`image-${side}`);
      const [from, to] = edges[side];
      if (pane) pane.style.clipPath = `polygon(${from}px ${-FAR}px, ${to}px ${-FAR}px, ${to}px ${FAR}px, ${from}px ${FAR}px)`;
    }
  }

  remove(): void {
    this.clips.remove();
  }
}
