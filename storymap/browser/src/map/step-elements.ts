/**
 * What a map hook adds for a step of a story: on the map while the story is at that step, and only then.
 *
 * The scripts of a step stand between `begin` and `end`. They put layers and controls onto the map as everywhere; those
 * are noted, taken off again, and put back whenever the story comes to the step.
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
}

/** The control of TimeDimension, as far as it is known here. */
type Playing = L.Control & { _steps?: number; _player?: { isPlaying(): boolean; start(steps?: number): void; stop(): void } };

export class StepElements implements Member {
  private readonly steps = new Map<number, Held>();
  private shown: Held | undefined;
  /** What is being noted. */
  private noted: Held | undefined;
  /** How many layers are being put onto the map inside one another: a group puts its members there, too. */
  private depth = 0;

  constructor(private readonly map: L.Map) {
    map.addLayer = (layer) => {
      if (this.depth === 0) this.noted?.layers.add(layer);
      return this.within(() => L.Map.prototype.addLayer.call(map, layer));
    };
    sceneOf(map).join(this);
  }

  /** From now on what comes onto the map is that of the step with this number. */
  begin(number: number): void {
    this.noted = this.steps.get(number) ?? { layers: new Set(), controls: new Set(), on: [], playing: [] };
    this.steps.set(number, this.noted);
  }

  end(): void {
    if (this.noted && this.noted !== this.shown) this.hide(this.noted);
    this.noted = undefined;
  }

  /** A control is being put onto the map. */
  note(control: L.Control): void {
    if (this.depth === 0) this.noted?.controls.add(control);
  }

  update({ scene }: Focus): void {
    const next = this.steps.get(scene);
    if (next === this.shown) return;
    if (this.shown) this.hide(this.shown);
    this.shown = next;
    if (next) this.show(next);
  }

  private show({ on, controls, playing }: Held): void {
    this.within(() => on.forEach((layer) => this.map.addLayer(layer)));
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
    known.get(map)?.note(this);
    return addTo.call(this, map);
  };
}
