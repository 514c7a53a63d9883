/** Place labels so that none meets another: the most important first, each where it finds room, or not at all. */
import * as figures from "../../../figures.json";
import { boxAround, grow, isWithin, meets, type ScreenBox } from "./boxes";

/** Where a label stands to its point; the last four are the corners. */
export type Side =
  | "right" | "left" | "above" | "below" | "centre" | "above right" | "below right" | "above left" | "below left";

export interface LabelWish {
  x: number;
  y: number;
  width: number;
  height: number;
  /** How far the mark at the point reaches; the label stands outside. 0: there is no mark. */
  reach: number;
  /** Whether the mark needs room of its own, so that without it there is no label either; markers stand regardless. */
  claims: boolean;
  /** Sides to try, the best first. */
  sides: readonly Side[];
  /** How far (pixels) what is taken has to keep away from the label; that of the figures where nothing is said. */
  air?: number;
  /** Of wishes that share this only the first that finds room is granted. */
  once?: unknown;
}

export interface PlacedLabel<W extends LabelWish = LabelWish> {
  wish: W;
  side: Side;
  box: ScreenBox;
}

/**
 * `wishes` come most important first; `taken` is where nothing may stand, and `avoided` where nothing does that has room
 * on another side; labels stay within `area` whole.
 */
export function arrangeLabels<W extends LabelWish>(
  wishes: readonly W[],
  { taken, avoided = [], area, most = Infinity }: {
    taken: readonly ScreenBox[]; avoided?: readonly ScreenBox[]; area: ScreenBox; most?: number;
  },
): PlacedLabel<W>[] {
  const occupied = [...taken];
  const placed: PlacedLabel<W>[] = [];
  const granted = new Set<unknown>();
  for (const wish of wishes) {
    if (placed.length >= most) break;
    if (wish.once !== undefined && granted.has(wish.once)) continue;
    const mark = wish.claims ? boxAround(wish.x, wish.y, wish.reach) : undefined;
    if (mark && (!isWithin(mark, area) || occupied.some((each) => meets(each, mark)))) continue;
    const hasRoom = (each: Side) => {
      const box = boxBeside(wish, each);
      const roomy = wish.air ? grow(box, wish.air - figures.labels.air) : box;
      return isWithin(box, area) && !occupied.some((other) => meets(other, roomy));
    };
    const isClear = (each: Side) => !avoided.some((other) => meets(other, boxBeside(wish, each)));
    const side = (avoided.length ? wish.sides.find((each) => isClear(each) && hasRoom(each)) : undefined) ?? wish.sides.find(hasRoom);
    if (!side) continue;
    const box = boxBeside(wish, side);
    occupied.push(box);
    if (mark) occupied.push(mark);
    placed.push({ wish, side, box });
    granted.add(wish.once);
  }
  return placed;
}

/** The box of a label on `side` of its point, with the air around it. */
export function boxBeside({ x, y, width, height, reach }: LabelWish, side: Side): ScreenBox {
  const [up, across] = side.includes(" ") ? side.split(" ") : [side, side];
  // On a corner the label begins where a round mark ends.
  const away = (reach + figures.labels.gap) * (up === across ? 1 : Math.SQRT1_2);
  const left = across === "right" ? x + away : across === "left" ? x - away - width : x - width / 2;
  const top = up === "above" ? y - away - height : up === "below" ? y + away : y - height / 2;
  return { left: left - figures.labels.air, top: top - figures.labels.air, right: left + width + figures.labels.air, bottom: top + height + figures.labels.air };
}
