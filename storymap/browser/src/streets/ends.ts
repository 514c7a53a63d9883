/** Where streets end within a window: there they fade into what was painted before. As `storymap/drawing/street_ends.py`. */

/** Left, top, right and bottom in canvas pixels. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** A strip within the edge of what is drawn, and the side of it, as an index of a box, that is the end. */
export interface End {
  strip: Box;
  side: 0 | 1 | 2 | 3;
}

/** The ends of what `boxes`, which do not overlap, draw together, `deep` pixels, as far as they are seen. */
export function listEnds(boxes: readonly Box[], deep: number, { width, height }: { width: number; height: number }): End[] {
  return boxes.flatMap((box) => ([0, 1, 2, 3] as const).flatMap((side) => {
    const across = (side + 1) % 2;
    return leaveOut([box[across], box[across + 2]] as Span, boxes.filter((other) => other[(side + 2) % 4] === box[side]).map((other) => (
      [other[across], other[across + 2]] as Span))).map(([from, to]): End => {
      const strip: Box = [...box];
      strip[across] = from;
      strip[across + 2] = to;
      if (side < 2) strip[side + 2] = Math.min(box[side + 2] as number, (box[side] as number) + deep);
      else strip[side - 2] = Math.max(box[side - 2] as number, (box[side] as number) - deep);
      return { strip, side };
    }).filter(({ strip: [left, top, right, bottom] }) => left < width && right > 0 && top < height && bottom > 0 && left < right && top < bottom);
  }));
}

type Span = [from: number, to: number];

/** What of a span none of `others` has. */
function leaveOut(span: Span, others: readonly Span[]): Span[] {
  return others.reduce((left: Span[], [begin, end]) => left.flatMap(([from, to]): Span[] => [
    [from, Math.min(to, begin)], [Math.max(from, end), to],
  ]).filter(([from, to]) => from < to), [span]);
}

/** What was painted along an end before streets came, to be laid over them the more firmly the nearer it is. */
export class Strip {
  private readonly kept: OffscreenCanvas | undefined;
  private readonly at: readonly [number, number];

  constructor(brush: CanvasRenderingContext2D, { strip, side }: End) {
    const { canvas } = brush;
    const [left, top] = [Math.max(0, Math.floor(strip[0])), Math.max(0, Math.floor(strip[1]))];
    const width = Math.min(canvas.width, Math.ceil(strip[2])) - left;
    const height = Math.min(canvas.height, Math.ceil(strip[3])) - top;
    this.at = [left, top];
    if (width < 1 || height < 1) return;
    this.kept = new OffscreenCanvas(width, height);
    const own = this.kept.getContext("2d");
    if (!own) return;
    own.drawImage(canvas, left, top, width, height, 0, 0, width, height);
    const [from, to] = side < 2 ? [strip[side], strip[side + 2]] : [strip[side], strip[side - 2]];
    const fade = side % 2
      ? own.createLinearGradient(0, (from as number) - top, 0, (to as number) - top)
      : own.createLinearGradient((from as number) - left, 0, (to as number) - left, 0);
    fade.addColorStop(0, "#000");
    fade.addColorStop(1, "#0000");
    own.globalCompositeOperation = "destination-in";
    own.fillStyle = fade;
    own.fillRect(0, 0, width, height);
  }

  /** Lays it over what was painted since. */
  lay(brush: CanvasRenderingContext2D): void {
    if (!this.kept) return;
    brush.save();
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.drawImage(this.kept, ...this.at);
    brush.restore();
  }
}
