/**
 * The page in other languages, on its map: at hand at each step, which the other page opens at, as it has the same ids.
 * One other language is a link, several are a list that a button opens.
 */
import * as L from "leaflet";
import { makeButton, makeSheet } from "./sheet";
import type { Words } from "./words";

const ICON =
  '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M2 6h12M8 3v3M12 6q-2 7-9 10M5 9q3 6 7 7m0 5 5-12 5 12m-2-4h-6"/></svg>';

export function offerLanguages(map: L.Map, words: Words): void {
  const listed = document.querySelector<HTMLElement>(":is(.opening, header) > .editions");
  if (!listed) return;
  keepStep(listed);
  const links = [...listed.querySelectorAll("a")].map((link) => link.cloneNode(true) as HTMLAnchorElement);
  const rtl = document.documentElement.dir === "rtl";
  const control = new L.Control({ position: rtl ? "topleft" : "topright" });
  const [only] = links;
  const own = only && links.length === 1 ? shorten(only) : offerList(links, listed.getAttribute("aria-label") ?? "", words);
  own.classList.add("map-button");
  L.DomEvent.disableClickPropagation(own);
  control.onAdd = () => own;
  control.addTo(map);
}

/** A link that says its language by the code of it, and what that calls itself to who points at it or listens. */
function shorten(link: HTMLAnchorElement): HTMLAnchorElement {
  const name = link.textContent ?? "";
  const code = (link.lang.split("-")[0] ?? "").toUpperCase();
  link.title = name;
  link.setAttribute("aria-label", `${code} ${name}`);
  link.textContent = code;
  keepStep(link);
  return link;
}

function offerList(links: readonly HTMLAnchorElement[], label: string, words: Words): HTMLButtonElement {
  const sheet = makeSheet("languages-sheet", label, words);
  const title = document.createElement("p");
  title.textContent = label;
  sheet.append(title, ...links);
  keepStep(sheet);
  const button = makeButton("");
  button.title = label;
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-haspopup", "dialog");
  button.innerHTML = ICON;
  button.addEventListener("click", () => {
    sheet.showModal();
    links[0]?.focus();
  });
  return button;
}

/** Before a link within `list` is followed it leads to where the reader is, and into a frame where the page is in one. */
function keepStep(list: HTMLElement): void {
  for (const kind of ["pointerdown", "focusin", "click"]) {
    list.addEventListener(kind, ({ target }) => {
      const link = (target as Element).closest("a");
      if (link) Object.assign(link, { search: location.search, hash: location.hash });
    });
  }
}
