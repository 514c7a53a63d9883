/** A card on the map with what a chosen feature tells; the one that it tells of is outlined. */
import * as L from "leaflet";
import { say, type Words } from "../page/words";
import { measureFrame } from "../views/frame";

const GAP = 12;

/** What a card tells of. */
interface Subject {
  /** What is outlined, where it is an element. */
  element?: Element;
  name: string;
}

const cards = new WeakMap<L.Map, Card>();

export class Card {
  private readonly box = document.createElement("div");
  private readonly body = document.createElement("div");
  private readonly answered = new WeakSet<Element>();
  private at: L.LatLng | undefined;
  private subject: Subject | undefined;

  private constructor(private readonly map: L.Map, words: Words) {
    const { box, body } = this;
    box.className = "feature-card";
    box.setAttribute("role", "dialog");
    box.tabIndex = -1;
    box.hidden = true;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "feature-card-close";
    close.setAttribute("aria-label", say(words, "close"));
    close.addEventListener("click", () => this.close(true));
    body.className = "feature-card-body";
    body.dir = "auto";
    box.append(close, body);
    map.getContainer().append(box);
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    map.on("move resize", this.place, this);
    map.on("click", () => this.close());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || box.hidden) return;
      event.preventDefault(); // Escape leads from the map only when nothing is open on it
      this.close(true);
    }, true);
  }

  /** The one that a map has. */
  static of(map: L.Map, words: Words): Card {
    let card = cards.get(map);
    if (!card) cards.set(map, (card = new Card(map, words)));
    return card;
  }

  /** Has `choose` called with each thing in `container` that is clicked, and where. */
  answer(container: Element, choose: (element: Element, at: L.Point) => void): void {
    if (this.answered.has(container)) return;
    this.answered.add(container);
    container.addEventListener("click", (event) => {
      const { target } = event;
      const dragging = this.map.dragging as unknown as { moved?(): boolean } | undefined;
      if (!(target instanceof Element) || !target.classList.contains("is-told") || dragging?.moved?.()) return;
      event.stopPropagation();
      choose(target, this.map.mouseEventToContainerPoint(event as MouseEvent));
    });
  }

  open(content: HTMLElement, at: L.LatLng, subject: Subject): void {
    this.close();
    this.subject = subject;
    this.at = at;
    subject.element?.classList.add("is-chosen");
    subject.element?.parentElement?.append(subject.element); // its outline lies over its neighbours
    this.box.setAttribute("aria-label", subject.name);
    this.body.replaceChildren(content);
    this.box.hidden = false;
    this.place();
    this.box.focus({ preventScroll: true });
  }

  /** Closes it; `back` gives the focus to what it told of. */
  close(back = false): void {
    if (this.box.hidden) return;
    this.box.hidden = true;
    const element = this.subject?.element as SVGElement | HTMLElement | undefined;
    element?.classList.remove("is-chosen");
    this.subject = undefined;
    if (back) element?.focus({ preventScroll: true });
  }

  /** Above its feature where there is room, else below, and always whole in what is seen of the map. */
  private place(): void {
    if (this.box.hidden || !this.at) return;
    const { x, y } = this.map.latLngToContainerPoint(this.at);
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const frame = measureFrame(this.map);
    const [first, last] = [frame.left, frame.left + frame.width - width];
    const left = Math.max(Math.min(x - width / 2, last), first);
    const above = y - height - GAP;
    const top = Math.max(above < 8 ? Math.min(y + GAP, this.map.getSize().y - height - 8) : above, 8);
    this.box.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
  }
}
