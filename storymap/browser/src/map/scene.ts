/** What stands on one map, and what it shows at the moment: layers join it, and tell it what the reader does to them. */
import * as L from "leaflet";
import { giveWay, waitForLeisure } from "../give-way";
import type { BasemapLayer } from "../basemap/layer";
import type { LabelLayer, Marked } from "../labels/layer";
import type { NameWish } from "../labels/wishes";
import type { ScreenBox } from "../labels/boxes";
import type { LayersPayload, Payload } from "../contract";
import type { Focus } from "./focus";

/** A layer as the others know it. */
export interface Member {
  /** Called when the focus has changed. */
  update(focus: Focus): void;
  /** Called when the reader has come through so much of the current step, from 0 to 1. */
  advance?(share: number): void;
  /** Where no name of the map may stand, in pixels of the map. */
  readonly occupied?: readonly ScreenBox[];
  /** Where the lines of the current step run: names of places stand beside them, if they can. */
  readonly lines?: readonly ScreenBox[];
  /** The places that have a marker. */
  readonly marked?: readonly Marked[];
  /** Names that it would like to see on the map. */
  readonly names?: readonly NameWish[];
  /** What it adds to the key of the map, of which it takes care itself. */
  readonly keyPart?: HTMLElement | undefined;
}

/** What layers tell, and the page listens to: a place or a scene by its number, null where it is left. */
interface Events {
  chooseplace: number;
  pointplace: number | null;
  /** The page points at a place in its text. */
  nameplace: number | null;
  choosescene: number;
  pointscene: number | null;
}

/** Where every page begins. */
export const HOME: Focus = { scene: 0, aside: [] };

export class Scene {
  basemap?: BasemapLayer;
  labels?: LabelLayer;
  focus = HOME;
  private readonly members = new Set<Member>();
  private readonly listeners: { event: keyof Events; hear: (number: never) => void }[] = [];
  private begun = false;

  /** From now on `member` follows the focus, in the order of joining. */
  join(member: Member): void {
    this.members.add(member);
    this.refresh();
  }

  leave(member: Member): void {
    this.members.delete(member);
  }

  on<E extends keyof Events>(event: E, listener: (number: Events[E]) => void): void {
    this.listeners.push({ event, hear: listener });
  }

  tell<E extends keyof Events>(event: E, number: Events[E]): void {
    for (const each of this.listeners) if (each.event === event) each.hear(number as never);
  }

  /** What all members say of themselves. */
  ask<K extends "occupied" | "lines" | "marked" | "names">(what: K): NonNullable<Member[K]>[number][] {
    return [...this.members].flatMap((member) => (member[what] ?? []) as NonNullable<Member[K]>[number][]);
  }

  /** Whether anything on the map grows as the reader scrolls. */
  get grows(): boolean {
    return [...this.members].some(({ advance }) => advance);
  }

  get keyParts(): HTMLElement[] {
    return [...this.members].flatMap(({ keyPart }) => keyPart ?? []);
  }

  advance(share: number): void {
    if (this.begun) for (const member of this.members) member.advance?.(share);
  }

  turnTo(change: Partial<Focus>): void {
    this.focus = { ...this.focus, ...change };
    this.refresh();
  }

  /**
   * The map has its view; from now on its layers draw. Before, they would draw for a view that is given up at once. They
   * do so one after another, so that a slow phone answers in between; `drawn` is called when the map is there.
   */
  async begin(drawn: () => void): Promise<void> {
    this.begun = true;
    for (const member of this.members) {
      await giveWay();
      member.update(this.focus);
    }
    await giveWay();
    await this.basemap?.open();
    drawn();
    await giveWay();
    this.labels?.open();
    await waitForLeisure();
    await this.basemap?.prepare();
  }

  refresh(): void {
    if (!this.begun) return;
    for (const member of this.members) member.update(this.focus);
    this.labels?.draw();
  }
}

const scenes = new WeakMap<L.Map, Scene>();

export function sceneOf(map: L.Map): Scene {
  let scene = scenes.get(map);
  if (!scene) scenes.set(map, (scene = new Scene()));
  return scene;
}

/** A layer that follows the focus from when it is put on a map until it is taken off. */
export abstract class MemberLayer<P extends Payload | LayersPayload = Payload> extends L.Layer implements Member {
  /** It follows the focus of its map, or of a `scene` of its own. */
  constructor(protected readonly page: P, private readonly scene?: Scene) {
    super();
  }

  abstract update(focus: Focus): void;

  override onAdd(map: L.Map): this {
    (this.scene ?? sceneOf(map)).join(this);
    return this;
  }

  override onRemove(map: L.Map): this {
    (this.scene ?? sceneOf(map)).leave(this);
    return this;
  }
}
