/** The places of the page as pins. They never hide one another's numbers, and only those of the current step are named. */
import * as L from "leaflet";
import type { Payload, PlaceData } from "../contract";
import { arrangeLabels, type LabelWish, type PlacedLabel, type Side } from "../labels/arrange";
import { boxAround, type ScreenBox } from "../labels/boxes";
import { findRoom } from "../labels/declutter";
import type { Marked } from "../labels/layer";
import { say, type Words } from "../page/words";
import { seenLongitude } from "../views/frame";
import { nearestCopy } from "../views/mercator";
import { findCovers } from "./covers";
import { DISC_REACH, Pin, reachOf } from "./pin";
import type { Focus } from "./focus";
import { sceneOf } from "./scene";

/** Pixels around a plain dot that no name may cover; its edge may be touched where places are dense. */
const DOT_CORE = 3;

const SIDES: readonly Side[] = ["right", "left", "above", "below"];

interface Standing {
  pin: Pin;
  index: number;
  active: boolean;
  ring: boolean;
  hidden: boolean;
  text: string;
}

export class MarkerLayer extends L.Layer {
  private readonly pins: Pin[];
  private boxes: ScreenBox[] = [];
  private seen: Marked[] = [];
  private focus: Focus = { step: 0, story: null, aside: [] };
  private hovered = -1;
  private begun = false;

  constructor(private readonly payload: Payload) {
    super();
    this.pins = payload.places.map((place) => {
      const pin = new Pin(place, { role: payload.kind === "story" ? "button" : "link", label: nameForReaders(place, payload) });
      return pin;
    });
  }

  override onAdd(map: L.Map): this {
    sceneOf(map).markers = this;
    for (const [index, pin] of this.pins.entries()) {
      pin.marker.addTo(map);
      this.listen(pin, index);
    }
    map.on("moveend", this.arrange, this);
    sceneOf(map).refresh();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.arrange, this);
    for (const pin of this.pins) pin.marker.remove();
    return this;
  }

  /** Where markers and their names stand, in pixels of the map. */
  get occupied(): readonly ScreenBox[] {
    return this.boxes;
  }

  /** The places that have a marker now. */
  get marked(): readonly Marked[] {
    return this.seen;
  }

  update(focus: Focus): void {
    this.begun = true;
    this.focus = focus;
    this.arrange();
  }

  /** Names the place at `index` whatever the story is at; -1 for none. */
  point(index: number): void {
    this.hovered = index;
    for (const [number, pin] of this.pins.entries()) pin.marker.getElement()?.classList.toggle("is-pointed", number === index);
    this.arrange();
  }

  private listen(pin: Pin, index: number): void {
    const element = pin.marker.getElement();
    const choose = () => this.fire("choose", { place: index });
    pin.marker.on("click", choose);
    element?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && !(event.key === " " && this.payload.kind === "story")) return;
      event.preventDefault();
      choose();
    });
    const point = (over: boolean) => () => {
      this.point(over ? index : -1);
      this.fire("point", { place: this.hovered });
    };
    for (const type of ["mouseenter", "focus"]) element?.addEventListener(type, point(true));
    for (const type of ["mouseleave", "blur"]) element?.addEventListener(type, point(false));
  }

  private arrange(): void {
    const map = this._map;
    if (!this.begun || !map?.getSize().x) return;
    const centre = seenLongitude(map);
    const standings = this.pins.map((pin, index) => this.stand(pin, index));
    for (const { pin, hidden } of standings) pin.hide(hidden);
    // All is measured before anything else changes, so that the browser lays the page out once.
    const covers = findCovers(map);
    const sizes = new Map(standings.filter((each) => this.isNamed(each)).map(({ pin }) => [pin, pin.nameSize]));
    const points = standings.map(({ pin }) => {
      const lon = nearestCopy(pin.place.at[0], centre);
      if (Math.abs(pin.marker.getLatLng().lng - lon) > 1) pin.marker.setLatLng([pin.place.at[1], lon]);
      return map.latLngToContainerPoint(pin.marker.getLatLng());
    });
    const shown = standings.flatMap((standing, order) => {
      const point = points[order];
      return standing.hidden || !point ? [] : [{ ...standing, point }];
    });
    const room = findRoom(
      shown.map(({ point, active, ring }) => ({ x: point.x, y: point.y, rank: (ring ? 2 : 0) + (active ? 1 : 0) })),
      DISC_REACH - 2,
    );
    const marks = shown.map(({ pin, point, ...look }, order) => {
      const full = room[order] === true;
      pin.dress({ ...look, full });
      return { pin, point, look, reach: reachOf({ ...look, full }) };
    });
    this.boxes = marks.map(({ point, look, reach }) =>
      boxAround(point.x, point.y, look.text || look.ring ? reach : DOT_CORE),
    );
    const wishes = marks.flatMap(({ pin, point, reach }): (LabelWish & { pin: Pin })[] => {
      const size = sizes.get(pin);
      return size ? [{ pin, x: point.x, y: point.y, reach, claims: false, sides: SIDES, ...size }] : [];
    });
    const hovered = this.pins[this.hovered];
    wishes.sort((a, b) => Number(b.pin === hovered) - Number(a.pin === hovered));
    const { x, y } = map.getSize();
    const placed: PlacedLabel<LabelWish & { pin: Pin }>[] = arrangeLabels(wishes, {
      taken: [...this.boxes, ...covers],
      area: { left: 0, top: 0, right: x, bottom: y },
    });
    const sides = new Map(placed.map(({ wish, side }) => [wish.pin, side]));
    for (const pin of this.pins) pin.label(sides.get(pin));
    this.seen = marks.map(({ pin, point: { x, y }, look, reach }) => {
      const { at: [lon, lat], town, name } = pin.place;
      return { lon, lat, x, y, reach, town, active: look.active || look.ring, said: sides.has(pin) ? name : "" };
    });
    this.boxes.push(...placed.map(({ box }) => box));
  }

  private isNamed({ active, ring, hidden, index }: Standing): boolean {
    return !hidden && (active || ring || index === this.hovered);
  }

  private stand(pin: Pin, index: number): Standing {
    const { kind, steps, stories } = this.payload;
    const { step, story, aside } = this.focus;
    const place = pin.place;
    const ring = aside.includes(index) || (kind === "place" && index === 0);
    if (kind === "story") {
      const active = aside.length === 0 && steps[step]?.places.includes(index) === true;
      const number = place.steps.includes(step) ? step : place.steps[0];
      return { pin, index, active, ring, hidden: number === undefined && !ring, text: number ? String(number) : "" };
    }
    const lit = story === null ? kind === "atlas" || index > 0 : stories[story]?.places.includes(index) === true;
    return { pin, index, active: lit, ring, hidden: false, text: "" };
  }
}

function nameForReaders({ name, steps, stories }: PlaceData, payload: Payload): string {
  const words: Words = payload.strings;
  const [first] = steps;
  if (steps.length > 1) return say(words, "place_in_steps", { place: name, steps: steps.join(", ") });
  if (first !== undefined) {
    return say(words, "place_in_step", { place: name, step: first, title: payload.steps[first]?.title ?? "" });
  }
  if (stories.length > 0) {
    const titles = stories.map((story) => payload.stories[story]?.title ?? "").join(", ");
    return say(words, "place_in_stories", { place: name, stories: titles });
  }
  return name;
}
