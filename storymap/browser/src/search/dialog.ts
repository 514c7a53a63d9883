/** What a reader sees of the search: a dialog with a field, and under it what was found. */
import type { SearchWord } from "./contract";
import type { Engine, Entry, Hit } from "./engine";
import { excerpt, mark, type Run } from "./marks";

/** More are counted, and not listed. */
const MOST_RESULTS = 50;

export type Words = Record<SearchWord, string>;

/** Where things stand, and how a text is got. */
export interface Sources {
  /** The address of the site's root, with a slash at its end. */
  root: string;
  readText(story: string): Promise<void>;
}

export class SearchDialog {
  private readonly dialog = make("dialog", "search");
  private readonly field = make("input", "search-field");
  private readonly status = make("p", "search-status");
  private readonly list = make("ol", "search-results");
  private readonly seen = new IntersectionObserver((changes) => this.complete(changes), { rootMargin: "200px" });
  private readonly hits = new Map<Element, Hit>();
  private engine: Engine | undefined;

  constructor(private readonly words: Words, lang: string, dir: string, private readonly sources: Sources) {
    const { dialog, field, status, list } = this;
    dialog.lang = lang;
    dialog.dir = dir;
    dialog.setAttribute("aria-label", words.search);
    field.type = "search";
    field.id = "storymap-search";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.enterKeyHint = "search";
    field.maxLength = 200;
    field.placeholder = words.what_to_search;
    field.setAttribute("aria-label", words.search);
    status.setAttribute("role", "status");
    list.setAttribute("aria-label", words.results);
    const head = make("div", "search-head");
    const close = make("button", "search-close");
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => dialog.close());
    head.append(field, close);
    dialog.append(head, status, list);
    document.body.append(dialog);

    field.addEventListener("input", () => this.look());
    dialog.addEventListener("keydown", (event) => this.move(event));
    dialog.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
      // The dialog's own edge is its backdrop. A way within this page goes there behind the dialog.
      const isLeaving = (target as Element).closest("a") && !(ctrlKey || metaKey || shiftKey);
      if (target === dialog || isLeaving) dialog.close();
    });
  }

  open(): void {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
    this.look();
  }

  /** From here on the reader finds something. */
  use(engine: Engine): void {
    this.engine = engine;
    this.look();
  }

  /** Look again: more is known than before. */
  look(): void {
    const query = this.field.value.trim();
    const { engine } = this;
    if (!engine || !query) {
      this.show([]);
      this.status.textContent = query ? this.words.loading : "";
      return;
    }
    const hits = engine.find(query, this.dialog.lang);
    this.show(hits.slice(0, MOST_RESULTS));
    const [word, slot] = hits.length
      ? [this.words.count_results, String(hits.length)]
      : [this.words.nothing_found, query];
    const said = word.replace(/\{\w+\}/, () => slot);
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  private show(hits: readonly Hit[]): void {
    // What a reader is on stays where it is, though more comes around it.
    const kept = document.activeElement?.closest("li") ?? undefined;
    const address = kept?.querySelector("a")?.href;
    this.seen.disconnect();
    this.hits.clear();
    this.list.replaceChildren(...hits.map((hit) => this.makeItem(hit)));
    for (const item of this.list.children) this.seen.observe(item);
    if (!address) return;
    const again = [...this.list.querySelectorAll("a")].find(({ href }) => href === address);
    (again ?? this.field).focus();
  }

  private makeItem(hit: Hit): HTMLLIElement {
    const { entry, forms } = hit;
    const { root } = this.sources;
    const splitter = this.engine?.nameSplitter;
    const item = make("li");
    const link = make("a", "search-result");
    link.href = root + entry.page;
    const still = make("img", "search-still");
    still.src = root + entry.still;
    still.alt = "";
    still.width = 96;
    still.height = 64;
    still.loading = "lazy";
    still.decoding = "async";
    const text = make("span", "search-text");
    const kind = make("span", "search-kind");
    kind.append(make("span", "search-kind-name", this.words[entry.kind]));
    if (entry.story) kind.append(told("search-story", entry.lang, [{ text: entry.story, isFound: false }]));
    text.append(kind);
    const tell = (name: string, said: string) => {
      if (said && splitter) text.append(told(name, entry.lang, mark(said, forms, splitter)));
    };
    tell("search-title", entry.title);
    tell("search-where", entry.where);
    if (splitter && (entry.textOf || entry.summary)) {
      text.append(told("search-excerpt", entry.lang, this.cut(entry, forms)));
    }
    link.append(still, text);
    item.append(link);
    this.hits.set(item, hit);
    return item;
  }

  /** Of a story what it tells, or, where that says nothing of what was asked for, its text; of a step its text. */
  private cut(entry: Entry, forms: ReadonlySet<string>): Run[] {
    const { engine } = this;
    if (!engine) return [];
    const splitter = engine.splitterOf(entry);
    const summary = excerpt(entry.summary, forms, splitter);
    if (entry.summary && summary.some(({ isFound }) => isFound)) return summary;
    const text = excerpt(engine.textOf(entry), forms, splitter);
    return entry.summary && !text.some(({ isFound }) => isFound) ? summary : text;
  }

  /** Get the texts of what has come into view. */
  private complete(changes: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of changes) {
      const hit = this.hits.get(target);
      if (!isIntersecting || !hit) continue;
      this.seen.unobserve(target);
      const { entry, forms } = hit;
      if (!entry.textOf || this.engine?.knows(entry.textOf)) continue;
      void this.sources.readText(entry.textOf).then(() => {
        if (this.hits.get(target) !== hit) return;
        target.querySelector(".search-excerpt")?.replaceChildren(...write(this.cut(entry, forms)));
      }).catch(() => undefined); // what was found is there without its text
    }
  }

  private move(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...this.list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const isInField = document.activeElement === this.field;
    const go = (number: number) => {
      event.preventDefault();
      (number < 0 ? this.field : links[Math.min(number, links.length - 1)])?.focus();
    };
    if (key === "Escape") {
      event.preventDefault();
      this.dialog.close();
    } else if (key === "ArrowDown" && (isInField || at >= 0)) go(at + 1);
    else if (key === "ArrowUp" && at >= 0) go(at - 1);
    else if (key === "Home" && at >= 0) go(0);
    else if (key === "End" && at >= 0) go(links.length - 1);
    else if (key === "Enter" && isInField) {
      event.preventDefault();
      links[0]?.click();
    } else if (at >= 0 && (key === "Backspace" || (key.length === 1 && key !== " "))) this.field.focus();
  }
}

function told(name: string, lang: string, runs: readonly Run[]): HTMLElement {
  const element = make("span", name);
  element.lang = lang;
  element.dir = "auto";
  element.append(...write(runs));
  return element;
}

function write(runs: readonly Run[]): (Node | string)[] {
  return runs.map(({ text, isFound }) => (isFound ? make("mark", "", text) : text));
}

function make<T extends keyof HTMLElementTagNameMap>(tag: T, name = "", text = ""): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}
