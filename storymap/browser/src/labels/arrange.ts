/** Place labels so that none meets another: the most important first, each where it finds room, or not at all. */
import { boxAround, isWithin, meets, type ScreenBox } from "./boxes";

/** Where a label stands to its point. */
export type Side = "right" | "left" | "above" | "below" | "centre";

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
}

export interface PlacedLabel<W extends LabelWish = LabelWish> {
  wish: W;
  side: Side;
  box: ScreenBox;
}

const GAP = 3; // between a mark and its label
const AIR = 2; // around a label

/** `wishes` come most important first; `taken` is where nothing may stand; labels stay within `area` whole. */
export function arrangeLabels<W extends LabelWish>(
  wishes: readonly W[],
  { taken, area, most = Infinity }: { taken: readonly ScreenBox[]; area: ScreenBox; most?: number },
): PlacedLabel<W>[] {
  const occupied = [...taken];
  const placed: PlacedLabel<W>[] = [];
  for (const wish of wishes) {
    if (placed.length >= most) break;
    const mark = wish.claims ? boxAround(wish.x, wish.y, wish.reach) : undefined;
    if (mark && (!isWithin(mark, area) || occupied.some((each) => meets(each, mark)))) continue;
    const side = wish.sides.find((each) => {
      const box = boxBeside(wish, each);
      return isWithin(box, area) && !occupied.some((other) => meets(other, box));
    });
    if (!side) continue;
    const box = boxBeside(wish, side);
    occupied.push(box);
    if (mark) occupied.push(mark);
    placed.push({ wish, side, box });
  }
  return placed;
}

/** The box of a label on `side` of its point, with the air around it. */
export function boxBeside({ x, y, width, height, reach }: LabelWish, side: Side): ScreenBox {
  const away = reach + GAP;
  const left =
    side === "right" ? x + away : side === "left" ? x - away - width : x - width / 2;
  const top = side === "above" ? y - away - height : side === "below" ? y + away : y - height / 2;
  return { left: left - AIR, top: top - AIR, right: left + width + AIR, bottom: top + height + AIR };
}
