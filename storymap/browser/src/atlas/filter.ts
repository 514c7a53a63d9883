/**
 * Choose stories by tag, author, language and time. What is chosen stands in the address, so that it can be sent.
 *
 * The page has the cards of its own stories; those of all stand in a script of their own, which is loaded when somebody
 * first chooses. It holds them as HTML, made and escaped by the same template as those of the page.
 */
import type { AtlasPayload } from "../contract";
import type { Cards } from "./cards";
import { KEYS, matches, readChoice, showStories, writeChoice, type Choice, type Source, type Traits } from "./choosing";

/** Every story of the site: `cards` is the HTML of their cards, in the order of `stories`. */
export interface StoryIndex extends Source {
  cards: string;
}

declare global {
  interface Window {
    storymapStories?: StoryIndex;
  }
}

interface Entry {
  card: HTMLElement;
  /** Its story in the data of the page. */
  own: string;
  traits: Traits;
  /** Its title and the way to it, in its own language and in the others that it is there in. */
  editions: readonly Edition[];
}

interface Edition {
  lang: string;
  dir: string;
  title: string;
  href: string;
}

export function bindFilter(form: HTMLFormElement, page: AtlasPayload, cards: Cards): void {
  const { index, atlas, few, page: most, said } = form.dataset;
  const list = document.querySelector<HTMLElement>(".cards");
  const pager = document.querySelector<HTMLElement>(".pager");
  const box = form.closest("details");
  const status = form.querySelector<HTMLElement>("[role=status]");
  const reset = form.querySelector<HTMLButtonElement>(".filter-reset");
  const more = document.querySelector<HTMLButtonElement>(".filter-more");
  if (!list || !status || !reset || !more) return;
  const selects = [...form.querySelectorAll("select")];
  const own = [...list.querySelectorAll<HTMLElement>("[data-story]")].map(readEntry);
  let [entries, source]: [Entry[], Source] = [own, page];
  let shown = 0;
  let isChosen = false;

  function read(): Choice {
    const choice: Choice = {};
    for (const { name, value } of selects) if (value && isKey(name)) choice[name] = value;
    return choice;
  }

  async function choose(note = true): Promise<void> {
    const query = writeChoice(read());
    if (atlas) return location.assign(atlas + query); // a further page: all stories are chosen from on the first
    if (query && index && source === page) [entries, source] = await loadAll(index, own);
    if (note) noteAddress(query);
    shown = Number(most);
    show(true);
  }

  function show(moves: boolean): void {
    const choice = read();
    const found = entries.flatMap(({ traits }, number) => (matches(traits, choice) ? [number] : []));
    const wasChosen = isChosen;
    isChosen = writeChoice(choice) !== "";
    const numbers = isChosen ? found.slice(0, shown) : [];
    const visible = isChosen ? numbers.flatMap((number) => entries[number] ?? []) : own;
    for (const entry of visible) speak(entry, choice.lang);
    list!.replaceChildren(...visible.map(({ card }) => card));
    visible.forEach((entry, at) => { entry.card.dataset["story"] = isChosen ? String(at) : entry.own; });
    if (pager) pager.hidden = isChosen;
    reset!.hidden = !isChosen;
    more!.hidden = !isChosen || found.length <= shown;
    status!.textContent = isChosen ? (said ?? "").replace("{count}", String(found.length)) : "";
    countOptions(choice);
    if (moves && (isChosen || wasChosen)) {
      cards.show(isChosen ? showStories(page, source, numbers, Number(few)) : page, visible.map(({ card }) => card));
    }
  }

  /** What leads to no story is not offered; of the rest each says to how many. */
  function countOptions(choice: Choice): void {
    for (const select of selects) {
      if (!isKey(select.name)) continue;
      for (const option of select.options) {
        if (!option.value) continue;
        const count = entries.filter(({ traits }) => matches(traits, { ...choice, [select.name]: option.value })).length;
        option.disabled = count === 0 && !option.selected;
        const name = (option.dataset["name"] ??= option.text);
        if (select.name === "from" || select.name === "to" || source === page && index) continue;
        option.text = `${name} (${count})`;
      }
    }
  }

  form.addEventListener("change", () => void choose());
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    for (const select of selects) select.value = "";
    selects[0]?.focus();
    void choose();
  });
  more.addEventListener("click", () => {
    const next = shown;
    shown += Number(most);
    show(true);
    list.querySelectorAll<HTMLElement>("[data-story] h2 a")[next]?.focus();
  });

  function restore(): void {
    const choice = readChoice(location.search);
    for (const select of selects) {
      const wanted = isKey(select.name) ? choice[select.name] ?? "" : "";
      select.value = [...select.options].some(({ value }) => value === wanted) ? wanted : "";
    }
    if (box && writeChoice(read())) box.open = true;
    if (isChosen || writeChoice(read())) void choose(false);
  }
  window.addEventListener("popstate", restore);
  if (atlas) return;
  if (!index) countOptions({});
  restore();
}

function readEntry(card: HTMLElement): Entry {
  const { story = "", tags = "", authors = "", years, langs } = card.dataset;
  const [first, last] = years?.split(" ").map(Number) ?? [];
  const traits: Traits = {
    tags: tags.split(" "),
    authors: authors.split(" "),
    langs: langs?.split(" ") ?? [card.lang],
    years: first === undefined || last === undefined ? undefined : [first, last],
  };
  const title = card.querySelector<HTMLAnchorElement>("h2 a");
  const ways = [...card.querySelectorAll<HTMLAnchorElement>(".editions a")];
  // As it is written: a card that is in no page yet does not know what its addresses lead to.
  const lead = (link: HTMLAnchorElement): string => link.getAttribute("href") ?? "";
  const editions = ways.map((way): Edition => ({ lang: way.lang, dir: way.dir, title: way.title, href: lead(way) }));
  if (title) editions.unshift({ lang: card.lang, dir: card.dir, title: title.textContent ?? "", href: lead(title) });
  return { card, own: story, traits, editions };
}

/** Lets a card lead to its story in the language that is chosen, or else in its own. */
function speak({ card, editions }: Entry, lang: string | undefined): void {
  const title = card.querySelector<HTMLAnchorElement>("h2 a");
  const edition = editions.find((one) => one.lang === lang) ?? editions[0];
  if (!title || !edition || editions.length < 2) return;
  title.lang = edition.lang;
  title.dir = edition.dir;
  title.textContent = edition.title;
  title.setAttribute("href", edition.href);
}

/** Every story of the site; those that the page has keep their cards. */
async function loadAll(url: string, own: readonly Entry[]): Promise<[Entry[], Source]> {
  await new Promise<void>((done, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => failed(new Error(`storymap: "${url}" cannot be loaded`)));
    document.head.append(script);
  });
  const all = window.storymapStories;
  if (!all) throw new Error(`storymap: "${url}" is not the list of stories`);
  const template = document.createElement("template");
  template.innerHTML = all.cards;
  const cards = [...template.content.querySelectorAll<HTMLElement>("[data-story]")];
  return [cards.map((card, number) => own[number] ?? readEntry(card)), all];
}

function noteAddress(query: string): void {
  try {
    history.replaceState(history.state, "", (query || location.pathname) + location.hash);
  } catch {
    // Some browsers refuse to change the address of a page from disk: it then stays as it was.
  }
}

function isKey(name: string): name is (typeof KEYS)[number] {
  return (KEYS as readonly string[]).includes(name);
}
