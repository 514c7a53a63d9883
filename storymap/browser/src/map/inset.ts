/** A small map in the corner that shows where the main one looks. */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import { BasemapLayer } from "../basemap/layer";
import type { SheetStore } from "../basemap/sheets";
import type { Payload } from "../contract";
import { waitForLeisure } from "../give-way";
import { say } from "../page/words";
import { findSeen } from "../views/frame";
import { GroundDetail } from "./ground";
import { sceneOf } from "./scene";

/** Zooms between the main map and the inset, and how close the inset may come: it is there to show the wider world. */
const STEP_BACK = 4.5;
const ZOOMS = { min: -0.6, max: 3.2 };

/** Where the main map shows more than this share of the inset, the inset has nothing to add. */
const NEEDLESS = 0.55;

/** Below this many pixels the rectangle of the main map becomes a dot. */
const SMALLEST = 9;

export class InsetControl extends L.Control {
  private inset: L.Map | undefined;
  private readonly holder = document.createElement("div");
  private readonly frame = document.createElement("div");
  private main: L.Map | undefined;
  private readonly ground: BasemapLayer;
  private readonly detail: GroundDetail;

  constructor(sheets: SheetStore, private readonly page: Payload, options: L.ControlOptions = {}) {
    super({ position: document.documentElement.dir === "rtl" ? "bottomleft" : "bottomright", ...options });
    this.ground = new BasemapLayer(sheets);
    this.detail = new GroundDetail(page, this.ground);
  }

  override onAdd(main: L.Map): HTMLElement {
    this.main = main;
    this.holder.className = "inset";
    this.holder.setAttribute("role", "img");
    this.holder.setAttribute("aria-label", say(this.page.strings, "inset"));
    this.frame.className = "inset-frame";
    L.DomEvent.disableClickPropagation(this.holder);
    sceneOf(main).join(this.detail);
    void waitForLeisure().then(() => {
      if (this.main !== main) return;
      main.on("moveend resize", this.update, this);
      this.update();
    });
    return this.holder;
  }

  override onRemove(main: L.Map): void {
    main.off("moveend resize", this.update, this);
    sceneOf(main).leave(this.detail);
    this.main = undefined;
    this.inset?.remove();
    this.inset = undefined;
  }

  private update(): void {
    const main = this.main;
    // On a phone the stylesheet leaves the inset out; a map without a size cannot be drawn.
    if (!main || !this.holder.offsetWidth) return;
    const zoom = Math.max(ZOOMS.min, Math.min(ZOOMS.max, main.getZoom() - STEP_BACK));
    const isNew = !this.inset;
    const inset = (this.inset ??= this.make());
    const seen = findSeen(main);
    const middle = main.containerPointToLatLng([(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2]);
    inset.setView(middle, zoom, { animate: false });
    if (isNew) void this.ground.open();
    const corners = ([[seen.left, seen.top], [seen.right, seen.bottom]] as [number, number][]).map((corner) =>
      inset.latLngToContainerPoint(main.containerPointToLatLng(corner)),
    );
    const [first, last] = corners as [L.Point, L.Point];
    const { x: width, y: height } = inset.getSize();
    const share = ((last.x - first.x) / width) * ((last.y - first.y) / height);
    this.holder.classList.toggle("is-needless", share > NEEDLESS || this.covers(main));
    const tiny = last.x - first.x < SMALLEST || last.y - first.y < SMALLEST;
    this.frame.classList.toggle("is-tiny", tiny);
    const left = tiny ? (first.x + last.x) / 2 : first.x;
    const top = tiny ? (first.y + last.y) / 2 : first.y;
    Object.assign(this.frame.style, {
      left: `${left}px`, top: `${top}px`,
      width: tiny ? "" : `${last.x - first.x}px`, height: tiny ? "" : `${last.y - first.y}px`,
    });
  }

  /** Whether a place that the story is at lies under it. */
  private covers(main: L.Map): boolean {
    const { left, top } = main.getContainer().getBoundingClientRect();
    const box = this.holder.getBoundingClientRect();
    const reach = figures.pins.disc;
    return sceneOf(main).ask("marked").some(({ x, y, active }) =>
      active && x > box.left - left - reach && x < box.right - left + reach && y > box.top - top - reach && y < box.bottom - top + reach);
  }

  private make(): L.Map {
    const inset = L.map(this.holder, {
      attributionControl: false, zoomControl: false, keyboard: false, dragging: false, scrollWheelZoom: false,
      doubleClickZoom: false, boxZoom: false, touchZoom: false, zoomSnap: 0, fadeAnimation: false,
      zoomAnimation: false,
    });
    inset.getContainer().removeAttribute("tabindex");
    this.ground.addTo(inset);
    this.holder.append(this.frame);
    return inset;
  }
}
