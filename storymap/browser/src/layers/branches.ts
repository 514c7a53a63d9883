/** Named ways through a story: they grow as the reader scrolls, and the key has them all, for the reader to choose one. */
import type * as L from "leaflet";
import type { Focus } from "../map/focus";
import { GrowingLine } from "../map/growing-line";
import { drawSwatch, SWATCH } from "../map/key";
import { unpackRuns, type PackedRuns } from "../map/legs";
import { HOME, MemberLayer, sceneOf } from "../map/scene";
import { findLayer, listScenes } from "../map/scenes";
import { FlyingSvg } from "../map/vector-renderer";
import { say } from "../page/words";

export interface BranchData extends PackedRuns {
  name: string;
  color: string;
  dark: string;
}

export interface BranchesData {
  kind: "branches";
  gone: number[];
  branches?: BranchData[];
}

declare module "../contract" {
  interface Layers {
    branches: BranchesData;
  }
}

export class BranchesLayer extends MemberLayer {
  private lines: GrowingLine[] = [];
  private focus: Focus = HOME;
  private share = 0;
  /** The number of the one that the reader has chosen. */
  private chosen: number | undefined;
  private choice: HTMLElement | undefined;
  private renderer: FlyingSvg | undefined;

  override onAdd(map: L.Map): this {
    this.focus = sceneOf(map).focus;
    map.on("moveend", this.follow, this);
    map.createPane("branches").style.zIndex = "412";
    this.renderer = new FlyingSvg({ pane: "branches", padding: 0.2 });
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.follow, this);
    for (const line of this.lines) line.remove();
    this.lines = [];
    this.renderer?.remove();
    return super.onRemove(map);
  }

  /** All of them by their names, one of which can be chosen. */
  get keyPart(): HTMLElement {
    return (this.choice ??= this.offer());
  }

  update(focus: Focus): void {
    this.focus = focus;
    if (this.lines.length === 0) this.draw();
    this.follow();
  }

  /** The reader has come through so much of the step, from 0 to 1. */
  advance(share: number): void {
    this.share = share;
    const { scene } = this.focus;
    const scenes = listScenes(this.page);
    const [before, here] = [scenes[scene - 1], scenes[scene]].map((data) => findLayer(data, "branches")?.gone);
    this.lines.forEach((line, number) => {
      const end = here?.[number] ?? 1;
      const start = scene > 1 ? (before?.[number] ?? 0) : 0;
      line.grow(scene === 0 ? end : start + (end - start) * share);
      if (scene === 0) line.rest();
      this.paint(line, number);
    });
  }

  private get branches(): readonly BranchData[] {
    return findLayer(this.page, "branches")?.branches ?? [];
  }

  private follow(): void {
    for (const line of this.lines) line.turn();
    this.advance(this.share);
  }

  private draw(): void {
    const options = { pane: "branches", ...(this.renderer ? { renderer: this.renderer } : {}) };
    this.lines = this.branches.map((branch) => new GrowingLine(this._map, unpackRuns(branch), "branch", options));
    this.show();
  }

  private paint(line: GrowingLine, number: number): void {
    const branch = this.branches[number];
    if (branch) for (const element of line.elements) ink(element as SVGElement, branch);
  }

  private show(): void {
    this.lines.forEach((line, number) => {
      line.mark("is-aside", this.chosen !== undefined && this.chosen !== number);
      if (this.chosen === number) line.bringToFront();
    });
    this.advance(this.share);
  }

  private offer(): HTMLElement {
    const field = document.createElement("fieldset");
    field.className = "map-key-part branch-choice";
    const legend = document.createElement("legend");
    legend.textContent = say(this.page.strings, "routes");
    field.append(legend, this.offerOne(undefined, say(this.page.strings, "all_routes")));
    for (const [number, branch] of this.branches.entries()) field.append(this.offerOne(number, branch.name, branch));
    return field;
  }

  private offerOne(number: number | undefined, name: string, branch?: BranchData): HTMLElement {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "storymap-branch";
    radio.checked = number === this.chosen;
    radio.addEventListener("change", () => {
      this.chosen = number;
      this.show();
    });
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = name;
    label.append(radio);
    if (branch) {
      const paint = { stroke: branch.color, width: 3, opacity: 1 };
      const swatch = drawSwatch({ paint, text: name }, SWATCH.width);
      for (const path of swatch.children) ink(path as SVGElement, branch);
      label.append(swatch);
    }
    label.append(text);
    return label;
  }
}

/** The stylesheet takes one colour by light, and the other in the dark. */
function ink(element: SVGElement, { color, dark }: BranchData): void {
  element.classList.add("inked");
  element.style.setProperty("--light", color);
  element.style.setProperty("--dark", dark);
}
