/** Which markers show in full, and which shrink to a dot because a more important one stands on them. */
import { boxAround, meets } from "./boxes";

export interface Mark {
  x: number;
  y: number;
  /** Higher comes first; equal ones in the order given. */
  rank: number;
}

/** For each mark, whether there is room for it in full; a full mark reaches `reach` pixels around its point. */
export function findRoom(marks: readonly Mark[], reach: number): boolean[] {
  const order = marks.map((mark, index) => ({ mark, index })).sort((a, b) => b.mark.rank - a.mark.rank || a.index - b.index);
  const full = marks.map(() => false);
  const taken: ReturnType<typeof boxAround>[] = [];
  for (const { mark, index } of order) {
    const box = boxAround(mark.x, mark.y, reach);
    if (taken.some((other) => meets(other, box))) continue;
    taken.push(box);
    full[index] = true;
  }
  return full;
}
