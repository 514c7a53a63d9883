/** The places of the page as pins. They never hide one another's numbers, and only those of the current step are named. */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import * as look from "../../../look.json";
import type { Payload, PlaceData } from "../contract";
import { arrangeLabels, type LabelWish, type PlacedLabel, type Side } from "../labels/arrange";
import { boxAround, isWithin, meets, type ScreenBox } from "../labels/boxes";
import { findRoom } from "../labels/declutter";
import type { Marked } from "../labels/layer";
import { say, type Words } from "../page/words";
import { measureFrame, seenLongitude } from "../views/frame";
import { nearestCopy } from "../views/mercator";
import { findCovers } from "../map/covers";
import { Pin } from "../map/pin";
import type { Focus } from "../map/focus";
import { HOME, MemberLayer, sceneOf } from "../map/scene";
import { findLayer, listScenes, listVisits } from "../map/scenes";

export interface MarkersData {
  kind: "markers";
  places: number[];
  numbers?: number[];
}

declare module "../contract" {
  interface Layers {
    markers: MarkersData;
  }
}

/** Pixels around a plain dot that no name may cover; its edge may be touched where places are dense. */
const DOT_CORE = 3;

/** Half the edge of the square around a pin that is its own to hit, in pixels: two squares apart leave 24 of each. */
const APART = 13;

/** Pixels around a pin in which no other stands, where there is to be a badge at its corner. */
const BADGE_ROOM = 2 * figures.pins.disc;

/** Pixels beyond the frame of views that the name of a crowded pin may take. */
const FRINGE = 12;

const SIDES: readonly Side[] = ["right", "left", "above", "below"];

interface Standing {
  pin: Pin;
  index: number;
  active: boolean;
  ring: boolean;
  hidden: boolean;
  pointed: boolean;
  plain: boolean;
  text: string;
}

export class MarkerLayer extends MemberLayer {
  private readonly pins: Pin[];
  private boxes: ScreenBox[] = [];
  private seen: Marked[] = [];
  private focus: Focus = HOME;
  private readonly visits: readonly (readonly number[])[];
  private hovered: number | null = null;
  private begun = false;
  private tabs: { pin: Pin; seen: boolean; crowded: boolean }[] = [];
  /** Whether the focus is on the map. */
  private entered = false;

  constructor(page: Payload) {
    super(page);
    this.visits = listVisits(page);
    const role = page.kind === "story" ? "button" : "link";
    this.pins = page.places.map((place, at) => {
      const label = nameForReaders(place, this.visits[at] ?? [], page);
      return new Pin(place, { role, label, sign: page.signs?.[place.sign ?? -1] });
    });
  }

  override onAdd(map: L.Map): this {
    for (const [index, pin] of this.pins.entries()) {
      pin.marker.addTo(map);
      this.listen(pin, index);
    }
    map.on("moveend", this.arrange, this);
    const container = map.getContainer();
    for (const type of ["focusin", "focusout"] as const) {
      container.addEventListener(type, ({ relatedTarget }) => {
        this.entered = type === "focusin" || (relatedTarget instanceof Node && container.contains(relatedTarget));
        this.setTabs();
      });
    }
    sceneOf(map).on("nameplace", (place) => this.point(place));
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    map.off("moveend", this.arrange, this);
    for (const pin of this.pins) pin.marker.remove();
    return super.onRemove(map);
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

  /** Names the place at `index` whatever the story is at; null for none. */
  private point(index: number | null): void {
    this.hovered = index;
    for (const [number, pin] of this.pins.entries()) pin.marker.getElement()?.classList.toggle("is-pointed", number === index);
    this.arrange();
  }

  private listen(pin: Pin, index: number): void {
    const element = pin.marker.getElement();
    const scene = sceneOf(this._map);
    const choose = () => scene.tell("chooseplace", index);
    pin.marker.on("click", choose);
    element?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && !(event.key === " " && this.page.kind === "story")) return;
      event.preventDefault();
      choose();
    });
    const point = (over: boolean) => () => {
      this.point(over ? index : null);
      scene.tell("pointplace", this.hovered);
    };
    element?.addEventListener("focus", () => {
      if (element.matches(":focus-visible")) this.bring(pin);
    });
    for (const type of ["mouseenter", "focus"]) element?.addEventListener(type, point(true));
    for (const type of ["mouseleave", "blur"]) element?.addEventListener(type, point(false));
  }

  /** Moves a pin that the keyboard reached into the middle where a button stands over it, or the edge cuts it. */
  private bring(pin: Pin): void {
    const { x, y } = this._map.latLngToContainerPoint(pin.marker.getLatLng());
    const mark = boxAround(x, y, figures.pins.disc);
    if (isWithin(mark, areaOf(this._map)) && !findCovers(this._map).some((cover) => meets(cover, mark))) return;
    const { left, top, width, height } = measureFrame(this._map);
    this._map.panBy([x - left - width / 2, y - top - height / 2], { animate: false });
  }

  private arrange(): void {
    const map = this._map;
    if (!this.begun || !map?.getSize().x) return;
    const centre = seenLongitude(map);
    const { places, numbers } = findLayer(listScenes(this.page)[this.focus.scene], "markers") ?? { places: [] };
    const own = new Map(places.map((place, at) => [place, numbers?.[at]]));
    const standings = this.pins.map((pin, index) => this.stand(pin, index, own));
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
      figures.pins.disc - 2,
    );
    const marks = shown.map(({ pin, point, ...look }, order) => {
      const alone = !pin.symbol || shown.every((other) => other.pin === pin || other.point.distanceTo(point) > BADGE_ROOM);
      const wanted = { ...look, full: room[order] === true, alone };
      pin.dress(wanted);
      return { pin, point, look, reach: pin.reachOf(wanted) };
    });
    this.boxes = marks.map(({ point, look, reach }) =>
      boxAround(point.x, point.y, look.text || look.ring || reach > figures.pins.dot ? reach : DOT_CORE),
    );
    const wishes = marks.flatMap(({ pin, point, reach }): (LabelWish & { pin: Pin })[] => {
      const size = sizes.get(pin);
      return size ? [{ pin, x: point.x, y: point.y, reach, claims: false, sides: SIDES, ...size }] : [];
    });
    const hovered = this.pins[this.hovered ?? -1];
    wishes.sort((a, b) => Number(b.pin === hovered) - Number(a.pin === hovered));
    const placed: PlacedLabel<LabelWish & { pin: Pin }>[] = arrangeLabels(wishes, {
      taken: [...this.boxes, ...covers],
      avoided: sceneOf(map).ask("lines"),
      area: areaOf(map),
    });
    const sides = new Map(placed.map(({ wish, side }) => [wish.pin, side]));
    const crowded = wishes.find(({ pin }) => pin === hovered && !sides.has(pin));
    for (const pin of this.pins) if (pin !== crowded?.pin) pin.label(sides.get(pin));
    this.seen = marks.map(({ pin, point: { x, y }, look, reach }) => {
      const { at: [lon, lat], town, name } = pin.place;
      return { lon, lat, x, y, reach, town, active: look.active || look.ring, said: sides.has(pin) ? name : "" };
    });
    this.boxes.push(...placed.map(({ box }) => box));
    if (crowded) this.boxes.push(this.nameAnyway(crowded, covers));
    this.orderTabs(marks, covers);
  }

  /** The place that the reader points at is named where there is no room too, over whatever else the map shows. */
  private nameAnyway(
    { pin, x, y, width, height, reach }: LabelWish & { pin: Pin },
    covers: readonly ScreenBox[],
  ): ScreenBox {
    const frame = measureFrame(this._map);
    const above = y > frame.top + frame.height / 2;
    const [first, last] = [frame.left - FRINGE, frame.left + frame.width + FRINGE - width];
    const top = above ? y - reach - height : y + reach;
    const bottom = top + height;
    let left = Math.max(first, Math.min(last, x - width / 2));
    for (const cover of covers) {
      if (!meets(cover, { left, top, right: left + width, bottom })) continue;
      left = cover.left > x ? cover.left - width : cover.right < x ? cover.right : left;
    }
    pin.label(above ? "above" : "below", left - (x - width / 2));
    return { left, top, right: left + width, bottom };
  }

  /**
   * Which pins the keyboard comes to: none that is out of sight or under the text, whose focus would scroll the page in
   * search of it; and of those that crowd one another only the first, until the keyboard is on the map.
   */
  private orderTabs(marks: readonly { pin: Pin; point: L.Point; look: { active: boolean } }[], covers: ScreenBox[]): void {
    const area = areaOf(this._map);
    const text = covers.filter(({ top, bottom }) => top <= area.top && bottom >= area.bottom);
    const taken = [...covers];
    const ranked = [...marks].sort((a, b) => Number(b.look.active) - Number(a.look.active));
    this.tabs = ranked.map(({ pin, point: { x, y } }) => {
      const [core, target] = [boxAround(x, y, 0), boxAround(x, y, APART)];
      const seen = isWithin(core, area) && !text.some((cover) => meets(cover, core));
      const crowded = taken.some((other) => meets(other, target));
      if (seen && !crowded) taken.push(target);
      return { pin, seen, crowded };
    });
    this.setTabs();
  }

  private setTabs(): void {
    for (const { pin, seen, crowded } of this.tabs) {
      const element = pin.marker.getElement();
      if (element) element.tabIndex = seen && (this.entered || !crowded) ? 0 : -1;
    }
  }

  private isNamed({ active, ring, hidden, index }: Standing): boolean {
    return !hidden && (active || ring || index === this.hovered);
  }

  private stand(pin: Pin, index: number, own: ReadonlyMap<number, number | undefined>): Standing {
    const { kind } = this.page;
    const { aside } = this.focus;
    const [pointed, here] = [index === this.hovered, own.has(index)];
    const ring = aside.includes(index) || (kind === "place" && here);
    const plain = (kind === "place" || own.size > look.plates) && !pointed && !ring;
    if (kind !== "story") return { pin, index, active: here !== (kind === "place"), ring, hidden: false, pointed, plain, text: "" };
    const number = own.get(index) ?? this.visits[index]?.[0];
    const active = aside.length === 0 && here;
    return { pin, index, active, ring, hidden: number === undefined && !ring, pointed, plain, text: number ? String(number) : "" };
  }
}

function areaOf(map: L.Map): ScreenBox {
  const { x, y } = map.getSize();
  return { left: 0, top: 0, right: x, bottom: y };
}

function nameForReaders({ name }: PlaceData, visits: readonly number[], page: Payload): string {
  const words: Words = page.strings;
  const [first] = visits;
  if (first === undefined || page.kind === "place") return name;
  if (page.kind === "atlas") {
    const titles = visits.map((scene) => page.stories[scene - 1]?.title ?? "").join(", ");
    return say(words, "place_in_stories", { place: name, stories: titles });
  }
  if (visits.length > 1) return say(words, "place_in_steps", { place: name, steps: visits.join(", ") });
  return say(words, "place_in_step", { place: name, step: first, title: page.steps[first - 1]?.title ?? "" });
}
