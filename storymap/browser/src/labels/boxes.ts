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

export function boxAround(x: number, y: number, reach: number): ScreenBox {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}
