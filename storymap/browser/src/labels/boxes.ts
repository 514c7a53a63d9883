/** Boxes on the screen, and whether they meet. */

export interface ScreenBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function meets(a: ScreenBox, b: ScreenBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function isWithin(inner: ScreenBox, outer: ScreenBox): boolean {
  return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** The edges of a `width` by `height` map: what may not meet them is either wholly on it or wholly off it. */
export function edgeBoxes(width: number, height: number): ScreenBox[] {
  const far = 1e4;
  return [
    { left: -1, right: 1, top: -far, bottom: far },
    { left: width - 1, right: width + 1, top: -far, bottom: far },
    { left: -far, right: far, top: -1, bottom: 1 },
    { left: -far, right: far, top: height - 1, bottom: height + 1 },
  ];
}

/** Small boxes along a line of points: names keep off it. */
export function boxesAlong(points: readonly { x: number; y: number }[], reach: number): ScreenBox[] {
  const boxes: ScreenBox[] = [];
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] as { x: number; y: number };
    const to = points[index] as { x: number; y: number };
    const pieces = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / (reach * 3)));
    for (let piece = 0; piece < pieces; piece++) {
      const share = (piece + 0.5) / pieces;
      boxes.push(boxAround(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, reach));
    }
  }
  return boxes;
}

/** The box with `by` more pixels on each side. */
export function grow({ left, top, right, bottom }: ScreenBox, by: number): ScreenBox {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

export function boxAround(x: number, y: number, reach: number): ScreenBox {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}
