/**
 * What a map hook adds for a step of a story: on the map while the story is at that step, and only then.
 *
 * The scripts of a step stand between `begin` and `end`. They put layers and controls onto the map, and listen to it, as
 * everywhere; that is noted, undone, and done again whenever the story comes to the step.
 */
import * as L from "leaflet";
import type { Focus } from "./focus";
import { sceneOf, type Member } from "./scene";

interface Held {
  layers: Set<L.Layer>;
  controls: Set<L.Control>;
  /** Those of the layers that are on the map while the story is there: the reader may turn one off. */
  on: readonly L.Layer[];
  /** Those of the controls that play something while the story is there. */
  playing: readonly Playing[];
  listeners: Listener[];
}

interface Listener {
  types: string;
  hear: L.LeafletEventHandlerFn;
  context: unknown;
}

type Listen = (types: string | object, hear?: L.LeafletEventHandlerFn, context?: unknown) => L.Map;

/** The control of TimeDimension, as far as it is known here. */
type Playing = L.Control & { _steps?: number; _player?: { isPlaying(): boolean; start(steps?: number): void; stop(): void } };

export class StepElements implements Member {
  private readonly steps = new Map<number, Held>();
  private shown: Held | undefined;
  /** What is being noted. */
  private noted: Held | undefined;
  /** How many things are being put onto the map inside one another: a group puts its members there, and listens. */
  private depth = 0;

  constructor(private readonly map: L.Map) {
    const listen = map.on as unknown as Listen;
    map.addLayer = (layer) => {
      if (this.depth === 0) this.noted?.layers.add(layer);
      return this.within(() => L.Map.prototype.addLayer.call(map, layer));
    };
    const on: Listen = (types, hear, context) => {
      if (this.depth === 0 && typeof types === "string" && hear) this.noted?.listeners.push({ types, hear, context });
      return listen.call(map, types, hear, context);
    };
    map.on = on as typeof map.on;
    sceneOf(map).join(this);
  }

  /** From now on what comes onto the map is that of the step with this number. */
  begin(number: number): void {
    this.noted = this.steps.get(number) ?? { layers: new Set(), controls: new Set(), on: [], playing: [], listeners: [] };
    this.steps.set(number, this.noted);
  }

  end(): void {
    if (this.noted && this.noted !== this.shown) this.hide(this.noted);
    this.noted = undefined;
  }

  /** `put` puts a control onto the map. */
  add<T>(control: L.Control, put: () => T): T {
    if (this.depth === 0) this.noted?.controls.add(control);
    return this.within(put);
  }

  update({ scene }: Focus): void {
    const next = this.steps.get(scene);
    if (next === this.shown) return;
    if (this.shown) this.hide(this.shown);
    this.shown = next;
    if (next) this.show(next);
  }

  private show({ on, controls, playing, listeners }: Held): void {
    this.within(() => on.forEach((layer) => this.map.addLayer(layer)));
    this.within(() => listeners.forEach(({ types, hear, context }) => this.map.on(types, hear, context)));
    for (const control of controls) control.getContainer()?.classList.remove("is-elsewhere");
    for (const control of playing) control._player?.start(control._steps);
  }

  private hide(held: Held): void {
    held.on = [...held.layers].filter((layer) => this.map.hasLayer(layer));
    for (const layer of held.on) this.map.removeLayer(layer);
    // A control that is taken off loses what a script has drawn into it.
    for (const control of held.controls) control.getContainer()?.classList.add("is-elsewhere");
    held.playing = [...held.controls].filter((control: Playing) => control._player?.isPlaying());
    for (const control of held.playing) control._player?.stop();
    for (const { types, hear, context } of held.listeners) this.map.off(types, hear, context);
  }

  private within<T>(act: () => T): T {
    this.depth += 1;
    try {
      return act();
    } finally {
      this.depth -= 1;
    }
  }
}

const known = new WeakMap<L.Map, StepElements>();

/** What is added to `map` for steps. */
export function stepElementsOf(map: L.Map): StepElements {
  let elements = known.get(map);
  if (!elements) known.set(map, (elements = new StepElements(map)));
  return elements;
}

/** Lets every control tell onto which map it is put. */
export function watchControls(): void {
  const { addTo } = L.Control.prototype;
  L.Control.prototype.addTo = function (map) {
    const elements = known.get(map);
    return elements ? elements.add(this, () => addTo.call(this, map)) : addTo.call(this, map);
  };
}
