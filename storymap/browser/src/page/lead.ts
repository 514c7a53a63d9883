/**
 * Where an address has led the reader: by a link, a key, the list of steps, Back. The step that it names is the current
 * one until the reader scrolls on, however short it is, and wherever the end of the page lets it come to stand.
 */
import { findAddressed } from "./address";

/** A browser that rounds does not scroll (CSS pixels). */
const SLACK = 2;

/** A page has stopped when nothing has moved for this long (milliseconds), also where the browser does not tell. */
const STOPPED = 250;

/** So often the page sets out for a step: Chromium may lose a way that begins while the one before it ends. */
const TRIES = 3;

/** A browser's account of where it goes, which not all give; what is not asked for is left out. */
interface Navigation {
  addEventListener(type: "navigate", listener: (event: { navigationType: string }) => void): void;
}

/** What a reader does to break off the way to a step. A press on the page itself is one on its scroll bar. */
const SIGNS = ["wheel", "touchmove", "pointerdown", "keydown"];

/** The keys that scroll a page. */
const SCROLLING_KEYS = [" ", "ArrowDown", "ArrowUp", "End", "Home", "PageDown", "PageUp"];

export class Lead {
  private number = 0;
  private target: HTMLElement | undefined;
  private hasArrived = false;
  private isMoving = false;
  /** How far the page had scrolled when it was last seen there, and where the target began (CSS pixels). */
  private stood = 0;
  private placed = 0;
  private waiting = 0;
  private tries = 0;
  private isReturn = true;

  /**
   * Until an address says otherwise, the page opens with the first of `steps`. `changed` is called when another holds;
   * `findAtLine` finds the number of the step at the reading line.
   */
  constructor(
    private readonly steps: readonly HTMLElement[],
    private readonly changed: () => void,
    private readonly findAtLine: () => number,
  ) {
    this.follow();
    // One comes with each address that is gone to, also to that where the page is already.
    window.addEventListener("popstate", () => {
      if (document.querySelector(".lightbox")) return; // it is a picture that is left, and no step
      const isUnderWay = this.isMoving || (this.target !== undefined && !this.hasArrived);
      this.follow();
      // Back stays where the browser leads it.
      if (isUnderWay && !this.isReturn) this.setOutAnew();
      if (!this.isReturn) this.wait();
      changed();
    });
    (window as { navigation?: Navigation }).navigation?.addEventListener("navigate", ({ navigationType }) => {
      this.isReturn = navigationType === "traverse";
    });
    window.addEventListener("scroll", () => {
      this.isMoving = true;
      this.look();
      this.wait();
    }, { passive: true });
    window.addEventListener("scrollend", () => this.stop());
    for (const sign of SIGNS) window.addEventListener(sign, (event) => this.interrupt(event), { passive: true });
  }

  /** The number of the step that holds, or undefined where the reader has scrolled on. */
  get held(): number | undefined {
    return this.target && this.number;
  }

  /**
   * Stays where the reader was led when the window, or what the page shows, has changed. A page that has only scrolled
   * since was scrolled by the reader: a phone hides its bars meanwhile, and tells of its new height before of that.
   */
  stay(): void {
    if (!this.hasArrived || Math.abs(window.scrollY - this.aim()) <= SLACK) return;
    const isScrolled = Math.abs(window.scrollY - this.stood) > SLACK && Math.abs(this.place() - this.placed) <= SLACK;
    if (isScrolled) this.letGo();
    else window.scrollTo({ top: this.aim(), behavior: "instant" });
  }

  /** On the way to another step: Chromium would go that to its end first, or lose this one, which it begins meanwhile. */
  private setOutAnew(): void {
    window.scrollTo({ top: window.scrollY, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (!this.hasArrived) this.target?.scrollIntoView();
    }));
  }

  private wait(): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.stop(), STOPPED);
  }

  private stop(): void {
    window.clearTimeout(this.waiting);
    this.isMoving = false;
    this.look(true);
  }

  private follow(): void {
    const addressed = findAddressed();
    const [opening] = this.steps;
    const isOpening = !addressed || (opening !== undefined && addressed.contains(opening));
    this.number = isOpening ? 0 : this.steps.findIndex((step) => step.contains(addressed));
    this.target = this.number < 0 ? undefined : addressed ?? opening;
    this.hasArrived = false;
    this.tries = TRIES;
    this.look();
  }

  /** Looks where the page stands: on its way to the step, there, or elsewhere. One that still moves may only come past. */
  private look(hasStopped = false): void {
    if (!this.target) return;
    const isThere = Math.abs(window.scrollY - this.aim()) <= SLACK;
    if (isThere) {
      this.hasArrived ||= !this.isMoving || this.isReturn; // Back and Forward lead there at once
      [this.stood, this.placed] = [window.scrollY, this.place()];
    } else if (this.hasArrived) this.letGo();
    else if (hasStopped && --this.tries > 0 && !this.isBack()) this.target.scrollIntoView();
    else if (hasStopped) this.letGo();
  }

  /** Whether Back has led to where the page stood, within the step. */
  private isBack(): boolean {
    return this.isReturn && this.findAtLine() === this.number;
  }

  /** How far the page scrolls to where the browser lets the target come to stand (CSS pixels). */
  private aim(): number {
    if (!this.target || this.target === this.steps[0]) return 0;
    const margin = parseFloat(getComputedStyle(this.target).scrollMarginTop) || 0;
    const end = document.documentElement.scrollHeight - window.innerHeight;
    return Math.max(0, Math.min(this.place() - margin, end));
  }

  /** Where the target begins in the page (CSS pixels). */
  private place(): number {
    return (this.target?.getBoundingClientRect().top ?? 0) + window.scrollY;
  }

  private interrupt(event: Event): void {
    const isSign =
      event instanceof KeyboardEvent
        ? SCROLLING_KEYS.includes(event.key) && !event.defaultPrevented
        : event.type !== "pointerdown" || event.target === document.documentElement;
    if (this.target && !this.hasArrived && isSign) this.letGo();
  }

  private letGo(): void {
    this.target = undefined;
    this.changed();
  }
}
