/** How close a reader looks at a picture: pinching, turning the wheel, tapping twice, dragging; and by keys. */

const CLOSEST = 6;
const STEP = 1.5;
/** CSS pixels that a finger goes, to one side for another picture or down to close. */
const SWIPE = 60;
/** Milliseconds between two taps that are one gesture. */
const TWICE = 300;

interface Point { x: number; y: number }

export interface Swipes {
  /** -1 to the picture on the left, 1 to that on the right. */
  aside(direction: number): void;
  down(): void;
}

export class Closeness {
  /** Whether the stage beside the picture was pressed last; of clicks the stage, which holds the pointer, is the target. */
  wasBeside = false;
  private scale = 1;
  private at: Point = { x: 0, y: 0 };
  private readonly touching = new Map<number, Point>();
  private begun: Point = { x: 0, y: 0 };
  private wasPinched = false;
  private tapped = 0;
  private begunBeside = false;

  constructor(private readonly stage: HTMLElement, private readonly picture: HTMLElement, swipes: Swipes) {
    stage.addEventListener("pointerdown", (event) => this.press(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    const lift = (event: PointerEvent) => this.lift(event, event.type === "pointerup" ? swipes : undefined);
    stage.addEventListener("pointerup", lift);
    stage.addEventListener("pointercancel", lift);
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.come(Math.exp(-event.deltaY / 400), event);
    }, { passive: false });
  }

  get isClose(): boolean {
    return this.scale > 1;
  }

  reset(): void {
    this.scale = 1;
    this.at = { x: 0, y: 0 };
    this.write();
  }

  /** `+` and `-` come closer and go away, `0` shows all, arrows go over a picture that is close; whether a key is one. */
  key({ key }: KeyboardEvent): boolean {
    const ways: Readonly<Record<string, [number, number]>> = {
      ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
    };
    const way = ways[key];
    if (key === "+" || key === "=") this.come(STEP);
    else if (key === "-") this.come(1 / STEP);
    else if (key === "0") this.reset();
    else if (way && this.isClose) this.shift(way[0] * 80, way[1] * 80);
    else return false;
    return true;
  }

  /** Comes `times` as close; what is under `focus`, in CSS pixels of the window, stays there. */
  private come(times: number, focus?: { clientX: number; clientY: number }): void {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    const from = focus ? { x: focus.clientX - left - width / 2, y: focus.clientY - top - height / 2 } : { x: 0, y: 0 };
    const scale = Math.max(1, Math.min(CLOSEST, this.scale * times));
    const ratio = scale / this.scale;
    this.scale = scale;
    this.at = { x: from.x - (from.x - this.at.x) * ratio, y: from.y - (from.y - this.at.y) * ratio };
    this.write();
  }

  private shift(x: number, y: number): void {
    this.at = { x: this.at.x + x, y: this.at.y + y };
    this.write();
  }

  private press(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if ((event.target as Element).closest("button, a")) return;
    this.stage.setPointerCapture(event.pointerId);
    const point = { x: event.clientX, y: event.clientY };
    if (this.touching.size === 0) {
      this.begun = point;
      this.wasPinched = false;
      this.begunBeside = event.target === this.stage;
      this.wasBeside = false;
    }
    this.touching.set(event.pointerId, point);
  }

  private move(event: PointerEvent): void {
    const before = this.touching.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.touching].find(([id]) => id !== event.pointerId)?.[1];
    this.touching.set(event.pointerId, now);
    if (other) {
      this.wasPinched = true;
      const apart = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
      this.come(apart(now) / Math.max(1, apart(before)), { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
    } else if (this.isClose) {
      this.shift(now.x - before.x, now.y - before.y);
    }
  }

  private lift(event: PointerEvent, swipes: Swipes | undefined): void {
    if (!this.touching.delete(event.pointerId) || this.touching.size > 0 || this.wasPinched || !swipes) return;
    const [x, y] = [event.clientX - this.begun.x, event.clientY - this.begun.y];
    if (Math.hypot(x, y) < 8) {
      this.wasBeside = this.begunBeside;
      const isSecond = event.timeStamp - this.tapped < TWICE;
      this.tapped = isSecond ? 0 : event.timeStamp;
      if (isSecond && this.isClose) this.reset();
      else if (isSecond) this.come(STEP * STEP, event);
    } else if (!this.isClose && Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) {
      swipes.aside(x < 0 ? 1 : -1);
    } else if (!this.isClose && y > SWIPE && y > 2 * Math.abs(x)) {
      swipes.down();
    }
  }

  /** Moves the picture there, but never out of sight. */
  private write(): void {
    const { scale, stage, picture } = this;
    const room = (whole: number, shown: number) => Math.max(0, (shown * scale - whole) / 2);
    const hold = (value: number, most: number) => Math.max(-most, Math.min(most, value));
    const [x, y] = [room(stage.clientWidth, picture.offsetWidth), room(stage.clientHeight, picture.offsetHeight)];
    this.at = { x: hold(this.at.x, x), y: hold(this.at.y, y) };
    picture.style.transform = scale === 1 ? "" : `translate(${this.at.x}px, ${this.at.y}px) scale(${scale})`;
    stage.classList.toggle("is-close", scale > 1);
  }
}
