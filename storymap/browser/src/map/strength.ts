/** A slider on the map that says how strongly a picture on the ground is seen: on a low map at its foot, not over the picture. */
import * as L from "leaflet";
import { say, type Words } from "../page/words";

export class StrengthControl extends L.Control {
  private readonly box = L.DomUtil.create("label", "strength");
  private readonly words = L.DomUtil.create("span", "strength-words", this.box);
  private readonly input: HTMLInputElement;

  constructor(private readonly strings: Words, change: (share: number) => void) {
    super();
    const narrow = matchMedia("(width < 640px), (width < 900px) and (height >= 560px)"); // as in the stylesheet (`--above`)
    const low = matchMedia("(height < 480px)");
    const [beside, corner] = document.documentElement.dir === "rtl"
      ? (["bottomright", "bottomleft"] as const)
      : (["bottomleft", "bottomright"] as const);
    const stand = () => this.setPosition(narrow.matches ? beside : low.matches ? corner : "topright");
    stand();
    for (const query of [narrow, low]) query.addEventListener("change", stand);
    this.input = L.DomUtil.create("input", "strength-slider", this.box);
    this.input.type = "range";
    this.input.max = "100";
    this.input.addEventListener("input", () => change(Number(this.input.value) / 100));
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
  }

  show(map: L.Map, title: string, opacity: number): void {
    this.words.textContent = say(this.strings, "image_strength", { title });
    this.input.value = String(Math.round(opacity * 100));
    this.addTo(map);
  }

  override onAdd(): HTMLElement {
    return this.box;
  }
}
