/** A picture, or those of a gallery, as large as the screen: a dialog that keys, fingers and Back close. */
import { Closeness } from "./closeness";
import style from "./lightbox.css";
import { addStyle } from "../page/adding-styles";
import { noteStep } from "../page/address";
import { say, type Word } from "./words";

/** What the history holds while a picture is open. */
const STATE = "storymapPicture";

export function openPictures(link: HTMLAnchorElement): void {
  addStyle(style);
  const gallery = link.closest(".gallery, .compare");
  const links = gallery ? [...gallery.querySelectorAll<HTMLAnchorElement>("a.enlarge")] : [link];
  new Lightbox(links, Math.max(0, links.indexOf(link)), link).show();
}

class Lightbox {
  private readonly dialog = make("dialog", "lightbox");
  private readonly stage = make("div", "lightbox-stage");
  private readonly picture = make("img", "lightbox-picture");
  private readonly caption = make("div", "lightbox-caption");
  private readonly count = make("p", "lightbox-count");
  private readonly closeness: Closeness;

  constructor(private readonly links: readonly HTMLAnchorElement[], private number: number, private readonly opener: HTMLElement) {
    const { dialog, stage, picture, caption, count } = this;
    const root = document.documentElement;
    const isBackwards = root.dir === "rtl";
    dialog.dir = root.dir;
    dialog.setAttribute("aria-label", say("picture"));
    count.setAttribute("role", "status");
    stage.append(picture);
    dialog.append(stage, caption, count, button("close", "×", () => dialog.close()));
    if (links.length > 1) {
      const [previous, next] = isBackwards ? ["›", "‹"] : ["‹", "›"];
      dialog.append(button("previous", previous ?? "", () => this.go(-1)), button("next", next ?? "", () => this.go(1)));
    }
    this.closeness = new Closeness(stage, picture, {
      aside: (direction) => this.go(isBackwards ? -direction : direction),
      down: () => dialog.close(),
    });
    dialog.addEventListener("keydown", (event) => {
      const direction = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.closeness.key(event)) event.preventDefault();
      else if (direction !== undefined) {
        event.preventDefault();
        this.go(isBackwards && event.key.startsWith("Arrow") ? -direction : direction);
      }
      event.stopPropagation(); // the story is read by keys, too
    });
    stage.addEventListener("click", () => { if (this.closeness.wasBeside && !this.closeness.isClose) dialog.close(); });
  }

  show(): void {
    const { dialog } = this;
    document.body.append(dialog);
    const entry = new Entry(() => {
      dialog.close();
      dialog.remove();
    });
    dialog.addEventListener("close", () => {
      this.opener.focus({ preventScroll: true });
      entry.leave();
    });
    dialog.showModal();
    // Not a button: the key that opened it would press that.
    dialog.tabIndex = -1;
    dialog.focus();
    this.go(0);
  }

  /** Shows the picture that is so many further on. */
  private go(direction: number): void {
    const { links, picture, caption, count, dialog } = this;
    if (links.length < 2 && direction !== 0) return;
    this.number = (this.number + direction + links.length) % links.length;
    const link = links[this.number];
    const small = link?.querySelector("img");
    if (!link || !small) return;
    this.closeness.reset();
    // What the page has already is there until the large one is.
    picture.src = small.currentSrc || small.src;
    picture.alt = small.alt;
    picture.width = small.naturalWidth || small.width;
    picture.height = small.naturalHeight || small.height;
    const ratio = Number(small.getAttribute("width")) / Number(small.getAttribute("height"));
    picture.style.aspectRatio = ratio > 0 ? String(ratio) : "auto";
    dialog.style.setProperty("--ratio", String(ratio > 0 ? ratio : 1.5));
    const address = link.getAttribute("href") ?? "#";
    if (address !== "#") load(link.href, () => { if (this.links[this.number] === link) picture.src = link.href; });
    const said = [link.closest("figure"), link.closest(".gallery")]
      .map((figure) => figure?.querySelector(":scope > figcaption"))
      .find((found) => found);
    caption.replaceChildren(...[...(said?.cloneNode(true).childNodes ?? [])]);
    caption.hidden = !caption.hasChildNodes();
    count.textContent = links.length > 1 ? say("picture_of", { number: this.number + 1, count: links.length }) : "";
    for (const near of [1, -1]) {
      const other = links[(this.number + near + links.length) % links.length];
      if (other && other !== link && other.getAttribute("href") !== "#") load(other.href, () => undefined);
    }
  }
}

/**
 * An entry in the history, so that Back closes the picture and does not leave the story. The reader stays where the
 * picture was opened, whether the address named that step already then or not: of this way back the page takes no notice
 * while there is a lightbox (`page/lead.ts`).
 */
class Entry {
  private isThere = false;
  private readonly heard = () => this.end();

  /** `left` is called, perhaps once more, when the history is what it was. */
  constructor(private readonly left: () => void) {
    try {
      // Else the browser would go to the step in the address, and take the focus from what has it.
      history.scrollRestoration = "manual";
      history.pushState({ ...(history.state as object | null), [STATE]: true }, "");
      this.isThere = true;
    } catch {
      // Some browsers refuse it on a page from disk: there Back leaves.
    }
    window.addEventListener("popstate", this.heard);
  }

  /** The picture has been closed. */
  leave(): void {
    if (this.isThere) history.back();
    else this.end();
  }

  private end(): void {
    this.isThere = false;
    window.removeEventListener("popstate", this.heard);
    requestAnimationFrame(() => { history.scrollRestoration = "auto"; });
    const step = document.querySelector("[data-step].is-current");
    if (step) noteStep(step.id);
    this.left();
  }
}

function load(address: string, then: () => void): void {
  const image = new Image();
  image.onload = then;
  image.src = address;
}

function button(word: Word, sign: string, act: () => void): HTMLButtonElement {
  const made = make("button", `lightbox-button is-${word}`);
  made.type = "button";
  made.title = say(word);
  made.setAttribute("aria-label", made.title);
  made.textContent = sign;
  made.addEventListener("click", act);
  return made;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
