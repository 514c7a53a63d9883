/** Show what is wrong: a badge in the corner, and a dialog over the last page that could be built. */
import style from "./mistakes.css";
import { countMistakes, type Mistake, type State } from "./state";

/** In this tab's memory: the mistakes that the author has looked at and put aside. */
const KEY = "storymap-preview-seen";

export class MistakesPanel {
  private readonly host = document.createElement("storymap-mistakes");
  private readonly dialog = document.createElement("dialog");
  private readonly badge = document.createElement("button");
  private readonly title = document.createElement("h1");
  private readonly words = document.createElement("p");
  private readonly list = document.createElement("div");
  private readonly close = document.createElement("button");
  private shown = "";
  private readonly alone: boolean;

  /** `alone`: there is no page below, and so nothing to return to. */
  constructor({ alone }: { alone: boolean }) {
    this.alone = alone;
    this.host.lang = "en";
    this.host.dir = "ltr";
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // an element would need leave of the page's policy
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.title.id = "title";
    this.title.tabIndex = -1;
    this.title.autofocus = true;
    this.dialog.setAttribute("aria-labelledby", "title");
    this.dialog.classList.toggle("is-alone", alone);
    this.list.className = "list";
    this.close.type = this.badge.type = "button";
    this.close.className = "close";
    this.close.textContent = "Look at the page";
    this.close.hidden = alone;
    this.badge.className = "badge";
    this.badge.hidden = true;
    const head = document.createElement("header");
    head.append(this.title, this.words, this.close);
    this.dialog.append(head, this.list);
    root.append(this.badge, this.dialog);

    this.close.addEventListener("click", () => this.dialog.close());
    this.badge.addEventListener("click", () => this.open());
    this.dialog.addEventListener("cancel", (event) => { if (alone) event.preventDefault(); });
    this.dialog.addEventListener("close", () => {
      this.remember(this.shown);
      this.badge.hidden = this.shown === "";
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog && !alone) this.dialog.close(); // beside it
    });
    document.body.append(this.host);
  }

  show({ failed, problems }: State): void {
    const shown = problems.length ? JSON.stringify(problems) : "";
    if (shown === this.shown && !this.alone) return;
    this.shown = shown;
    const counts = countMistakes(problems);
    this.title.textContent = failed ? counts || "Building …" : counts;
    this.words.textContent = this.explain(failed);
    this.list.replaceChildren(...problems.map((problem) => {
      const item = document.createElement("pre");
      item.className = problem.severity;
      item.tabIndex = 0; // a long line is reached with the arrow keys
      item.append(...writeMistake(problem));
      return item;
    }));
    this.badge.textContent = counts;
    this.badge.classList.toggle("is-error", failed);
    this.badge.title = failed ? "What keeps the site from being built" : "What is probably a mistake";
    if (!problems.length && !this.alone) {
      if (this.dialog.open) this.dialog.close();
      this.badge.hidden = true;
      this.remember("");
      return;
    }
    this.badge.hidden = this.dialog.open;
    if (failed && this.recall() !== shown) this.open();
  }

  private explain(failed: boolean): string {
    if (this.alone) return "The page appears as soon as this is mended and saved.";
    if (failed) return "Behind this is the last page that could be built. It comes up to date as soon as this is mended.";
    return "The site is built all the same.";
  }

  private open(): void {
    this.badge.hidden = true;
    if (!this.dialog.open) this.dialog.showModal();
    this.title.focus({ preventScroll: true });
    this.dialog.scrollTop = 0;
  }

  private remember(seen: string): void {
    try {
      if (seen) sessionStorage.setItem(KEY, seen);
      else sessionStorage.removeItem(KEY);
    } catch {
      // Without a memory the dialog opens once more.
    }
  }

  private recall(): string | null {
    try {
      return this.alone ? null : sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  }
}

/** A headline and its help may be broken to fit the window; a line of the source and the carets below it may not. */
function writeMistake({ headline, source, help }: Mistake): (HTMLElement | string)[] {
  const first = document.createElement("strong");
  first.textContent = headline;
  const lines = [...source.map((line) => ({ line, kind: "source" })), ...help.map((line) => ({ line, kind: "help" }))];
  return [first, ...lines.flatMap(({ line, kind }) => {
    const element = document.createElement("span");
    element.className = kind;
    element.textContent = line;
    return ["\n", element];
  })];
}
