/** A word beside the pointer: what the thing under it is called. */
import type * as L from "leaflet";

const BESIDE = 14;

const hints = new WeakMap<L.Map, Hint>();

export class Hint {
  private readonly box = document.createElement("div");
  private readonly followed = new WeakSet<Element>();

  private constructor(private readonly map: L.Map) {
    this.box.className = "feature-hint";
    this.box.setAttribute("aria-hidden", "true");
    this.box.dir = "auto";
    this.box.hidden = true;
    map.getContainer().append(this.box);
    map.on("movestart zoomstart", () => this.hide());
  }

  /** The one that a map has. */
  static of(map: L.Map): Hint {
    let hint = hints.get(map);
    if (!hint) hints.set(map, (hint = new Hint(map)));
    return hint;
  }

  /** Shows what `name` says of each thing in `container` that the pointer comes to; empty for nothing. */
  follow(container: Element, name: (element: Element) => string): void {
    if (this.followed.has(container)) return;
    this.followed.add(container);
    container.addEventListener("pointermove", (event) => {
      const { target, pointerType, clientX, clientY } = event as PointerEvent;
      const text = pointerType === "mouse" && target instanceof Element ? name(target) : "";
      if (text) this.show(text, clientX, clientY);
      else this.hide();
    });
    container.addEventListener("pointerleave", () => this.hide(), true);
  }

  hide(): void {
    this.box.hidden = true;
  }

  show(text: string, clientX: number, clientY: number): void {
    this.box.textContent = text;
    this.box.hidden = false;
    const { left, top, width } = this.map.getContainer().getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    const right = x + BESIDE + this.box.offsetWidth < width;
    this.box.style.translate = `${right ? x + BESIDE : x - BESIDE - this.box.offsetWidth}px ${Math.max(4, y - this.box.offsetHeight - 6)}px`;
  }
}
