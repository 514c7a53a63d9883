/** One marker: a disc with a number or a symbol, or a dot, with the place's name beside it when the story is there. */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import type { PlaceData, SignData } from "../contract";
import type { Side } from "../labels/arrange";
import { dressInSign, drawSymbol } from "./sign";

export interface PinLook {
  /** What stands in the disc; empty for a dot. */
  text: string;
  active: boolean;
  full: boolean;
  /** No other marker is near: there is room for a badge at its corner. */
  alone: boolean;
  /** A ring: a place that a link shows, or that the page is about. */
  ring: boolean;
  /** Under the pointer or the focus: above its neighbours. */
  pointed: boolean;
  /** Its name is written on the map, without a plate: one of many. */
  plain: boolean;
}

/** Edge of the square that can be hit, in pixels: a dot is small to see, not to hit. */
const TARGET = 28;

export class Pin {
  readonly marker: L.Marker;
  readonly name: HTMLElement;
  private readonly disc = document.createElement("span");
  private size: { width: number; height: number } | undefined;
  private side: Side | undefined;
  private shift = 0;
  private look = "";
  readonly symbol: string | undefined;

  constructor(
    readonly place: PlaceData,
    { role, label, sign }: { role: "link" | "button"; label: string; sign: SignData | undefined },
  ) {
    this.symbol = sign?.symbol;
    this.disc.className = "pin-disc";
    this.name = document.createElement("span");
    this.name.className = "pin-name";
    this.name.dir = "auto";
    this.name.dataset["side"] = "none";
    this.name.textContent = place.name;
    const body = document.createElement("span");
    body.className = "pin-body";
    body.setAttribute("aria-hidden", "true");
    body.append(this.disc);
    if (this.symbol) {
      const symbol = drawSymbol(this.symbol);
      symbol.classList.add("pin-symbol");
      body.append(symbol);
    }
    body.append(this.name);
    // A DivIcon has no picture, so Leaflet's default marker images are never asked for.
    const icon = L.divIcon({ className: "pin", html: body, iconSize: [TARGET, TARGET] });
    this.marker = L.marker([place.at[1], place.at[0]], { icon, keyboard: true, riseOnHover: true, autoPanOnFocus: false });
    this.marker.on("add", () => {
      this.look = "";
      const element = this.marker.getElement();
      element?.setAttribute("role", role);
      element?.setAttribute("aria-label", label);
      if (element && sign) dressInSign(element, sign);
    });
  }

  /** Pixels that its name takes. Measured once, while nothing waits to be laid out. */
  get nameSize(): { width: number; height: number } {
    if (this.size) return this.size;
    const { offsetWidth: width, offsetHeight: height } = this.name;
    if (width) this.size = { width, height };
    return { width, height };
  }

  /** Pixels from its point to its edge, by how it looks. */
  reachOf(look: Pick<PinLook, "text" | "full" | "alone" | "ring">): number {
    const { disc, dot, symbol, badge } = figures.pins;
    const [numbered, bare] = this.showsSymbol(look) ? [badge, symbol] : [disc, dot];
    return (look.full ? (look.text ? numbered : bare) : dot) + (look.ring ? 5 : 0);
  }

  private showsSymbol({ text, full, alone }: Pick<PinLook, "text" | "full" | "alone">): boolean {
    return this.symbol !== undefined && full && (alone || text === "");
  }

  hide(hidden: boolean): void {
    const element = this.marker.getElement();
    if (element && element.hidden !== hidden) element.hidden = hidden;
  }

  dress(wanted: PinLook): void {
    const { text, active, full, alone, ring, pointed, plain } = wanted;
    const look = `${text} ${active} ${full} ${alone} ${ring} ${pointed} ${plain}`;
    const element = this.marker.getElement();
    if (!element || look === this.look) return;
    this.look = look;
    // The stylesheet writes the number: as text it would be part of the label that people who speak to the page must say.
    this.disc.dataset["number"] = full ? text : "";
    const hasSymbol = this.showsSymbol(wanted);
    const classes = {
      "is-active": active,
      "is-plain": plain,
      "is-dot": !full || !(text || hasSymbol),
      "is-ring": ring,
      "is-badged": hasSymbol && text !== "",
      "is-symbol": hasSymbol && text === "",
    };
    for (const [name, on] of Object.entries(classes)) element.classList.toggle(name, on);
    element.style.setProperty("--reach", `${this.reachOf(wanted)}px`);
    this.marker.setZIndexOffset((pointed ? 4000 : 0) + (active || ring ? 2000 : 0) + (full ? 1000 : 0));
  }

  /** Names the pin on `side`, or not at all; `shift` moves a name above or below to the right, in pixels. */
  label(side: Side | undefined, shift = 0): void {
    if (side === this.side && shift === this.shift) return;
    this.side = side;
    this.shift = shift;
    this.name.style.setProperty("--shift", `${shift}px`);
    this.name.dataset["side"] = side ?? "none";
  }
}
