/** What a feature of the author's data says of itself: its name on the map, and what it tells when it is chosen. */
import type { DatasetData } from "../contract";
import type { NameWish } from "../labels/wishes";
import { say, type Words } from "../page/words";
import type { DataLayerData } from "./of-data";
import { middlesOf } from "./shapes";

/** A feature that is shown: its number in the dataset, and its place among those of its layer. */
export interface Shown {
  layer: DataLayerData;
  data: DatasetData;
  number: number;
  at: number;
}

/** Names on the map, those of the largest circles first. */
export function wishNames({ label, shown, radii, kind }: DataLayerData, data: DatasetData): NameWish[] {
  const column = label === undefined ? undefined : data.columns?.[label];
  if (!column) return [];
  const middles = middlesOf(data);
  const numbers = shown ?? middles.map((_, number) => number);
  return numbers.flatMap((number, at): NameWish[] => {
    const [middle, name] = [middles[number], column.texts[number]];
    if (!middle || !name) return [];
    const reach = kind === "points" ? (radii?.[at] ?? 0) : 0;
    return [{
      lon: middle[0], lat: middle[1], name, sides: reach ? ["right", "left", "above", "below"] : ["centre"], dot: 0, capital: false, reach,
      lettering: { font: "600", family: "sans", size: 12, spacing: 0, upper: false, colour: "label", halo: "label-halo" },
    }];
  });
}

/** What a chosen feature tells: a table of its values, or what its author wrote of it, which Python made safe. */
export function tellFeature({ layer, data, number, at }: Shown, words: Words): HTMLElement | undefined {
  const { columns, html } = layer.popup ?? {};
  if (html) {
    const holder = document.createElement("div");
    holder.className = "feature-prose";
    holder.innerHTML = html[at] ?? "";
    return holder;
  }
  if (!columns) return undefined;
  const table = document.createElement("table");
  for (const [row, index] of columns.entries()) {
    const column = data.columns?.[index];
    if (!column) continue;
    const line = table.insertRow();
    const value = column.texts[number] || say(words, "no_data");
    if (row === 0 && columns.length > 1) {
      const title = document.createElement("th");
      title.colSpan = 2;
      title.textContent = value;
      line.append(title);
      continue;
    }
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = column.name;
    line.append(head);
    line.insertCell().textContent = value;
  }
  return table;
}

/** What a feature has in a column; empty for nothing. */
export function textOf({ data, number }: Shown, column: number): string {
  return data.columns?.[column]?.texts[number] ?? "";
}

/** What a feature is called. */
export function nameOf(shown: Shown): string {
  const { layer } = shown;
  const column = layer.label ?? layer.tooltip ?? layer.popup?.columns?.[0];
  return (column === undefined ? "" : textOf(shown, column)) || layer.keys[0]?.title || String(shown.number + 1);
}
