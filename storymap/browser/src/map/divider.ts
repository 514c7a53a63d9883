/** A line across the map that is pushed aside with a pointer, or by keys: a slider. */
import * as L from "leaflet";
import { say, type Words } from "../page/words";
import { measureFrame } from "../views/frame";

/** Per cent of the width that a key goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100,
};

export class Divider {
  private readonly box = L.DomUtil.create("div", "divider");
  private readonly handle = L.DomUtil.create("div", "divider-handle", this.box);
  private readonly titles = (["left", "right"] as const).map((side) => L.DomUtil.create("p", `divider-title is-${side}`, this.box));
  /** Where it is, in per cent of the part of the map that no text covers. */
  private share = 50;

  /** `move` is called with where it comes to stand, in pixels of the map. */
  constructor(private readonly map: L.Map, private readonly words: Words, private readonly move: (x: number) => void) {
    for (const [name, value] of Object.entries({ role: "slider", tabindex: "0", "aria-valuemin": "0", "aria-valuemax": "100" })) {
      this.handle.setAttribute(name, value);
    }
    for (const title of this.titles) title.setAttribute("aria-hidden", "true"); // the label of the slider says both
    this.box.hidden = true;
    this.box.addEventListener("pointerdown", (event) => {
      this.box.setPointerCapture(event.pointerId);
      this.handle.focus({ preventScroll: true });
      event.preventDefault();
    });
    this.box.addEventListener("pointermove", (event) => {
      if (!this.box.hasPointerCapture(event.pointerId)) return;
      const { left } = map.getContainer().getBoundingClientRect();
      const frame = measureFrame(map);
      this.go((100 * (event.clientX - left - frame.left)) / frame.width);
    });
    this.handle.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.go(this.share + step);
    });
    L.DomEvent.disableClickPropagation(this.box);
    map.getContainer().append(this.box);
  }

  show(left: string, right: string): void {
    this.handle.setAttribute("aria-label", say(this.words, "compare_line", { left, right }));
    for (const [number, text] of [left, right].entries()) {
      const title = this.titles[number];
      if (title) title.textContent = text;
    }
    this.box.hidden = false;
    this.go(50);
  }

  hide(): void {
    this.box.hidden = true;
  }

  /** Stands where it stood, on a map that has moved or has another size. */
  stay(): void {
    if (!this.box.hidden) this.go(this.share);
  }

  remove(): void {
    this.box.remove();
  }

  private go(share: number): void {
    this.share = Math.max(0, Math.min(100, share));
    const { left, top, width, height } = measureFrame(this.map);
    const x = left + (width * this.share) / 100;
    this.handle.setAttribute("aria-valuenow", String(Math.round(this.share)));
    this.handle.setAttribute("aria-valuetext", `${Math.round(this.share)} %`);
    this.box.style.left = `${x}px`;
    this.handle.style.top = `${top + height / 2}px`;
    this.move(x);
  }
}
