/** The key of the map: what the colours and sizes of the scene mean; on a phone it unfolds from a button. */
import * as L from "leaflet";
import type { DataLayerData, KeyData, KeyEntryData, LayersPayload, Payload, SceneData } from "../contract";
import { say } from "../page/words";
import { sceneOf, type Member } from "./scene";
import { listScenes } from "./scenes";

const SVG = "http://www.w3.org/2000/svg";
const SWATCH = { width: 22, height: 15 };

/** Puts a key on the map of a page that has any; it follows the focus of `scene`. Returns what takes it away. */
export function explainScenes(map: L.Map, page: Payload | LayersPayload, scene = sceneOf(map)): () => void {
  const scenes = listScenes(page).map(listKeys);
  if (scenes.every((keys) => keys.length === 0)) return () => undefined;
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
  box.append(button, body);
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  const control = new L.Control();
  control.onAdd = () => box;
  const narrow = matchMedia("(width < 900px)"); // as in the stylesheet
  const side = document.documentElement.dir === "rtl" ? "right" : "left";
  const stand = () => control.setPosition(`${narrow.matches ? "top" : "bottom"}${side}`);
  stand();
  narrow.addEventListener("change", stand);
  control.addTo(map);
  let told = "";
  const member: Member = {
    update: (focus) => {
      const keys = scenes[focus.scene] ?? [];
      const text = JSON.stringify(keys);
      if (text === told) return;
      told = text;
      box.hidden = keys.length === 0;
      body.replaceChildren(...keys.map(writeKey));
    },
  };
  scene.join(member);
  return () => {
    scene.leave(member);
    narrow.removeEventListener("change", stand);
    control.remove();
  };
}

/** The keys of a scene, that of its uppermost layer first, each once. */
function listKeys({ layers }: SceneData): KeyData[] {
  const keys = [...layers].reverse().flatMap((layer) => (layer as DataLayerData).keys ?? []);
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

function writeKey({ title, entries }: KeyData): HTMLElement {
  const part = document.createElement("div");
  part.className = "map-key-part";
  if (title) {
    const head = document.createElement("p");
    head.dir = "auto";
    head.textContent = title;
    part.append(head);
  }
  const list = document.createElement("ul");
  const widest = Math.max(SWATCH.width, ...entries.map(({ radius = 0 }) => 2 * radius + 2));
  for (const entry of entries) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = entry.text;
    item.append(drawSwatch(entry, widest), text);
    list.append(item);
  }
  part.append(list);
  return part;
}

function drawSwatch({ paint, radius }: KeyEntryData, width: number): SVGElement {
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
