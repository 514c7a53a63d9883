/** A button on the map that copies the present view, and any point, as an author writes them. */
import type * as L from "leaflet";
import { measureFrame } from "../views/frame";
import { copyText } from "../page/clipboard";
import { writePoint, writeView, type Seen } from "./fields";
import style from "./picker.css";

const ICON =
  '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="5.5"/>' +
  '<path d="M12 2v5M12 17v5M2 12h5M17 12h5"/></svg>';

/** Adds the picker to the page's map; a page without one is left alone. */
export function addPicker(): void {
  const container = document.querySelector<HTMLElement>(".map-frame .folium-map");
  // Folium's script names the map by the id of its element.
  const map = container ? (window as unknown as Record<string, unknown>)[container.id] : undefined;
  if (window.L && map instanceof window.L.Map) new Picker(map);
}

class Picker {
  private readonly panel = document.createElement("section");
  private readonly view = document.createElement("div");
  private readonly point = document.createElement("div");
  private readonly status = document.createElement("p");
  private readonly button = document.createElement("button");
  private mark: L.Marker | undefined;

  constructor(private readonly map: L.Map) {
    this.addButton();
    this.addPanel();
    map.on("move zoom resize", () => { if (this.isOpen) this.showView(); });
    map.on("click", (event) => { if (this.isOpen) this.pick(event.latlng); });
    // A marker would lead to its step; while points are picked it is a point like any other.
    map.getContainer().addEventListener("click", (event) => {
      if (!this.isOpen || !(event.target instanceof Element) || !event.target.closest(".pin, .leg, .shape")) return;
      event.stopPropagation();
      event.preventDefault();
      this.pick(map.mouseEventToLatLng(event));
    }, { capture: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen && !document.querySelector("dialog[open]")) this.close();
    });
  }

  private get isOpen(): boolean {
    return !this.panel.hidden;
  }

  private addButton(): void {
    const rtl = document.documentElement.dir === "rtl";
    const control = new window.L.Control({ position: rtl ? "topleft" : "topright" });
    control.onAdd = () => {
      const holder = document.createElement("div");
      holder.lang = "en";
      this.button.type = "button";
      this.button.className = "picker-button";
      this.button.innerHTML = ICON;
      this.button.title = "Copy from the map";
      this.button.setAttribute("aria-label", "Copy from the map");
      this.button.setAttribute("aria-expanded", "false");
      this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
      shade(holder).append(this.button);
      window.L.DomEvent.disableClickPropagation(holder);
      return holder;
    };
    control.addTo(this.map);
  }

  private addPanel(): void {
    const host = document.createElement("storymap-picker");
    host.lang = "en";
    host.dir = "ltr";
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.className = document.documentElement.dir === "rtl" ? "picker is-opposite" : "picker";
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", "Copy from the map");
    this.status.className = "status";
    this.status.setAttribute("role", "status");
    const middle = makeButton("quiet", "Take the middle of the map");
    middle.addEventListener("click", () => this.pick(this.middle()));
    const close = makeButton("close", "×");
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => this.close());
    const hint = document.createElement("p");
    hint.append("Click the map, or ", middle);
    this.panel.append(close, heading("This view"), this.view, heading("A point"), hint, this.point, this.status);
    shade(host).append(this.panel);
    document.body.append(host);
  }

  private open(): void {
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.map.getContainer().style.cursor = "crosshair";
    this.status.textContent = "";
    this.showView();
    this.panel.focus({ preventScroll: true });
  }

  private close(): void {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.map.getContainer().style.cursor = "";
    this.mark?.remove();
    this.point.replaceChildren();
    this.button.focus({ preventScroll: true });
  }

  private showView(): void {
    const { centre, bounds, tooClose } = writeView(look(this.map));
    this.fill(this.view, [["Centre and zoom", centre], ["Edges", bounds]]);
    if (tooClose) {
      const note = document.createElement("p");
      note.textContent = "Stories come no closer than the map is drawn: they will show a little more.";
      this.view.append(note);
    }
  }

  private pick(at: L.LatLng): void {
    const icon = window.L.divIcon({ className: "", html: AIM, iconSize: [32, 32] });
    this.mark ??= window.L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 2000 });
    this.mark.setLatLng(at).addTo(this.map);
    const { place, link, feature } = writePoint(at.lng, at.lat, this.map.getZoom());
    this.fill(this.point, [["As a place", place], ["As a link in the text", link], ["For geo/places.geojson", feature]]);
    this.status.textContent = `Picked ${place.replace("place: ", "")}`;
  }

  private middle(): L.LatLng {
    const { left, top, width, height } = measureFrame(this.map);
    return this.map.containerPointToLatLng([left + width / 2, top + height / 2]);
  }

  /** Rows stay where they are and change their text: the focus is not lost while the map moves. */
  private fill(holder: HTMLElement, entries: readonly [label: string, text: string][]): void {
    for (const extra of [...holder.children].slice(entries.length)) extra.remove();
    entries.forEach(([label, text], index) => {
      const row = (holder.children[index] as HTMLButtonElement | undefined) ?? holder.appendChild(this.makeRow());
      row.hidden = text === "";
      (row.firstElementChild as HTMLElement).textContent = label;
      (row.lastElementChild as HTMLElement).textContent = text;
    });
  }

  private makeRow(): HTMLButtonElement {
    const row = makeButton("row", "");
    row.append(document.createElement("span"), document.createElement("code"));
    row.addEventListener("click", () => void this.copy(row));
    return row;
  }

  private async copy(row: HTMLElement): Promise<void> {
    const code = row.lastElementChild as HTMLElement;
    const text = code.textContent ?? "";
    if (await copyText(text)) {
      this.status.textContent = `Copied ${text.split("\n").join("  ")}`;
      return;
    }
    getSelection()?.selectAllChildren(code);
    this.status.textContent = "This browser lets no page copy: press Ctrl+C.";
  }
}

/** Where a point was picked: a ring with a gap for the place itself. */
const AIM =
  '<svg viewBox="-16 -16 32 32" width="32" height="32">' +
  '<g fill="none" stroke-linecap="round"><path d="M0-14v8M0 6v8M-14 0h8M6 0h8" stroke="var(--paper)" stroke-width="6"/>' +
  '<path d="M0-14v8M0 6v8M-14 0h8M6 0h8" stroke="var(--accent)" stroke-width="2.5"/></g></svg>';

/** What the part of the map shows that no text covers. */
function look(map: L.Map): Seen {
  const frame = measureFrame(map);
  const { left, top, width, height } = frame;
  const first = map.containerPointToLatLng([left, top]);
  const last = map.containerPointToLatLng([left + width, top + height]);
  const middle = map.containerPointToLatLng([left + width / 2, top + height / 2]);
  return {
    camera: { lon: middle.lng, lat: middle.lat, zoom: map.getZoom() },
    west: first.lng, south: last.lat, east: last.lng, north: first.lat,
    frame,
    closest: map.options.maxZoom ?? 10,
    whole: (map.options.zoomSnap ?? 0) >= 1,
  };
}

function shade(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // an element would need leave of the page's policy
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  return root;
}

function heading(text: string): HTMLElement {
  const element = document.createElement("h2");
  element.textContent = text;
  return element;
}

function makeButton(kind: string, text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = kind;
  button.textContent = text;
  return button;
}
