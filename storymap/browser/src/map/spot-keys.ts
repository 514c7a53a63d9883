/** Spots of a canvas for the keyboard: one stop for Tab, from which the arrow keys lead to the nearest in their direction. */
import * as L from "leaflet";
import { measureFrame } from "../views/frame";

/** A spot that can be chosen: where it is on the map in pixels, its radius, and what it is called. */
export interface Choice {
  x: number;
  y: number;
  radius: number;
  name: string;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
};

/** How much a pixel aside counts more than one ahead. */
const ASIDE = 2;

/** Pixels of the smallest ring. */
const LEAST = 24;

/** `list` gives what is seen now, `choose` is called with what the reader takes. */
interface Uses<T extends Choice> {
  list: () => Iterable<T>;
  choose: (choice: T, element: HTMLElement) => void;
}

export class SpotKeys<T extends Choice> {
  private readonly box = document.createElement("div");
  private readonly stop = document.createElement("button");
  private readonly told = document.createElement("div");
  private current: L.LatLng | undefined;
  private chosen: T | undefined;

  constructor(private readonly map: L.Map, private readonly uses: Uses<T>) {
    const { box, stop, told } = this;
    stop.type = "button";
    stop.className = "spot-stop";
    told.className = "spot-told";
    told.setAttribute("role", "status");
    box.append(stop, told);
    map.getContainer().append(box);
    L.DomEvent.disableClickPropagation(box);
    stop.addEventListener("focus", () => this.settle());
    stop.addEventListener("click", () => {
      this.settle();
      if (this.chosen) uses.choose(this.chosen, stop);
    });
    stop.addEventListener("keydown", (event) => {
      const direction = DIRECTIONS[event.key];
      if (!direction) return;
      event.preventDefault();
      event.stopPropagation(); // the arrow keys would move the map
      this.move(direction);
    });
    this.hide();
  }

  /** Nothing can be chosen. */
  hide(): void {
    this.box.hidden = true;
  }

  /** Something can be chosen, and may have come to lie elsewhere. */
  settle(): void {
    this.box.hidden = false;
    const { left, top, width, height } = measureFrame(this.map);
    const from = this.current ? this.map.latLngToContainerPoint(this.current) : L.point(left + width / 2, top + height / 2);
    let best: T | undefined;
    let least = Infinity;
    for (const choice of this.listSeen()) {
      const far = Math.hypot(choice.x - from.x, choice.y - from.y);
      if (far < least) [best, least] = [choice, far];
    }
    this.stand(best);
  }

  remove(): void {
    this.box.remove();
  }

  private move([right, down]: readonly [number, number]): void {
    this.settle();
    const from = this.chosen;
    if (!from) return;
    let best: T | undefined;
    let least = Infinity;
    for (const choice of this.listSeen()) {
      const [x, y] = [choice.x - from.x, choice.y - from.y];
      const [ahead, aside] = [x * right + y * down, Math.abs(x * down) + Math.abs(y * right)];
      const far = ahead + ASIDE * aside;
      if (ahead >= 1 && far < least) [best, least] = [choice, far];
    }
    if (!best) return;
    this.stand(best);
    this.told.textContent = best.name;
  }

  private *listSeen(): Iterable<T> {
    const { left, top, width, height } = measureFrame(this.map);
    for (const choice of this.uses.list()) {
      const [x, y] = [choice.x - left, choice.y - top];
      if (x >= 0 && x <= width && y >= 0 && y <= height) yield choice;
    }
  }

  private stand(choice: T | undefined): void {
    this.chosen = choice;
    this.stop.disabled = !choice;
    if (!choice) return;
    this.current = this.map.containerPointToLatLng([choice.x, choice.y]);
    this.stop.setAttribute("aria-label", choice.name);
    const size = Math.max(LEAST, 2 * choice.radius + 4);
    Object.assign(this.stop.style, { width: `${size}px`, height: `${size}px`, translate: `${choice.x - size / 2}px ${choice.y - size / 2}px` });
  }
}
