/** The key of the map: what its colours, sizes and symbols mean; on a phone it unfolds from a button. */
import * as L from "leaflet";
import type { KeyData, KeyEntryData, LayersPayload, Payload, SceneData, SignData } from "../contract";
import { say } from "../page/words";
import { seenLongitude } from "../views/frame";
import { nearestCopy } from "../views/mercator";
import type { Focus } from "./focus";
import { HOME, sceneOf, type Member } from "./scene";
import { findLayer, listScenes, listVisits } from "./scenes";
import { dressInSign, drawSymbol } from "./sign";

const SVG = "http://www.w3.org/2000/svg";
export const SWATCH = { width: 22, height: 15 };

/**
 * Puts a key on the map of a page that has any; it follows the focus of `scene`, and of categories what is seen. Returns
 * what takes it away.
 */
export function explainScenes(map: L.Map, page: Payload | LayersPayload, scene = sceneOf(map)): () => void {
  const scenes = listScenes(page).map(listKeys);
  const hasSigns = page.kind !== "layers" && page.signs !== undefined;
  const parts = scene.keyParts;
  if (!hasSigns && parts.length === 0 && scenes.every((keys) => keys.length === 0)) return () => undefined;
  const box = document.createElement("div");
  box.className = "map-key leaflet-control";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-key-button";
  button.textContent = say(page.strings, "key");
  const body = document.createElement("div");
  body.className = "map-key-body";
  body.id = `storymap-key-${L.stamp(box)}`;
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", say(page.strings, "key"));
  button.setAttribute("aria-controls", body.id);
  const unfold = (open: boolean) => {
    button.setAttribute("aria-expanded", String(open));
    box.classList.toggle("is-open", open);
  };
  button.addEventListener("click", () => unfold(!box.classList.contains("is-open")));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.classList.contains("is-open")) return;
    event.preventDefault();
    unfold(false);
    button.focus();
  });
  unfold(false);
  body.append(...parts);
  box.append(button, body);
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  const control = new L.Control();
  control.onAdd = () => box;
  const narrow = matchMedia("(width < 640px), (width < 900px) and (height >= 560px)"); // as in the stylesheet (`--above`)
  const side = document.documentElement.dir === "rtl" ? "right" : "left";
  const stand = () => control.setPosition(`${narrow.matches ? "top" : "bottom"}${side}`);
  stand();
  narrow.addEventListener("change", stand);
  control.addTo(map);
  let told = "";
  let focus = HOME;
  const tell = () => {
    const keys = scenes[focus.scene] ?? [];
    const signs = hasSigns ? listSigns(map, page, focus) : [];
    const text = JSON.stringify([signs, keys]);
    if (text === told) return;
    told = text;
    box.hidden = keys.length + signs.length + parts.length === 0;
    const categories = signs.length === 0 ? [] : [writePart("", signs.map((sign) => [drawSign(sign), sign.title]))];
    for (const old of body.querySelectorAll(":scope > .is-told")) old.remove();
    body.append(...categories, ...keys.map(writeKey));
  };
  const member: Member = {
    update: (next) => {
      focus = next;
      tell();
    },
  };
  scene.join(member);
  if (hasSigns) map.on("moveend", tell);
  return () => {
    scene.leave(member);
    map.off("moveend", tell);
    narrow.removeEventListener("change", stand);
    control.remove();
  };
}

/** The categories whose places have a marker on the part of the map that is seen. */
function listSigns(map: L.Map, page: Payload, { scene, aside }: Focus): SignData[] {
  const [visits, bounds, centre] = [listVisits(page), map.getBounds(), seenLongitude(map)];
  const own = findLayer(listScenes(page)[scene], "markers")?.places ?? [];
  const seen = new Set<number | undefined>();
  for (const [index, { at, sign }] of page.places.entries()) {
    const isMarked = page.kind !== "story" || visits[index]?.length || own.includes(index) || aside.includes(index);
    if (isMarked && bounds.contains([at[1], nearestCopy(at[0], centre)])) seen.add(sign);
  }
  return (page.signs ?? []).filter((_, number) => seen.has(number));
}

/** The keys of a scene, that of its uppermost layer first, each once. */
function listKeys({ layers }: SceneData): KeyData[] {
  const keys = [...layers].reverse().flatMap((layer) => ("keys" in layer ? layer.keys : []));
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

function writeKey({ title, entries }: KeyData): HTMLElement {
  const widest = Math.max(SWATCH.width, ...entries.map(({ radius = 0 }) => 2 * radius + 2));
  return writePart(title, entries.map((entry) => [drawSwatch(entry, widest), entry.text]));
}

function writePart(title: string, lines: readonly [picture: Element, text: string][]): HTMLElement {
  const part = document.createElement("div");
  part.className = "map-key-part is-told";
  if (title) {
    const head = document.createElement("p");
    head.dir = "auto";
    head.textContent = title;
    part.append(head);
  }
  const list = document.createElement("ul");
  for (const [picture, words] of lines) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = words;
    item.append(picture, text);
    list.append(item);
  }
  part.append(list);
  return part;
}

/** A marker of the category. */
function drawSign(sign: SignData): HTMLElement {
  const marker = document.createElement("i");
  marker.className = "map-key-sign";
  marker.setAttribute("aria-hidden", "true");
  if (sign.symbol) marker.append(drawSymbol(sign.symbol));
  dressInSign(marker, sign);
  return marker;
}

export function drawSwatch({ paint, radius }: KeyEntryData, width: number): SVGElement {
  const height = radius ? Math.max(SWATCH.height, 2 * radius + 2) : SWATCH.height;
  const picture = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const { fill = "none", stroke = "none", width: weight, opacity, dash } = paint;
  const look = { fill, stroke, "stroke-width": weight, opacity, ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}) };
  const middle = height / 2;
  if (radius) picture.append(make("circle", { cx: width / 2, cy: middle, r: radius, ...look }));
  else if (paint.fill) picture.append(make("rect", { x: 0, y: 0, width, height, ...look }));
  else picture.append(make("path", { d: `M0 ${middle}H${width}`, ...look }));
  return picture;
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
