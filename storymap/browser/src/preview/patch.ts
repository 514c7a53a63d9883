/**
 * Bring a page up to date where only its prose has changed, without loading it anew: nothing flashes, and the map, which
 * takes most of the time, stays as it is.
 *
 * What the page was made of is compared with what it is made of now, not with what its scripts have made of it.
 */

const PROSE = ".prose";

/** What the page that stands here was made of; null where it cannot be had. */
export async function fetchPage(): Promise<Document | null> {
  try {
    const response = await fetch(location.pathname, { cache: "no-store" });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

/** The preview's own script in a page, which says what the page is. */
export function findScript(page: Document): HTMLScriptElement | null {
  return page.querySelector<HTMLScriptElement>("script[data-state]");
}

/** Makes of the page that stands here, which was `before`, what `after` is; false, with nothing done, if it cannot. */
export function patchPage(before: Document, after: Document): boolean {
  const places = [before, after, document].map((page) => [...page.querySelectorAll<HTMLElement>(PROSE)]);
  const [old = [], fresh = [], live = []] = places;
  if (old.length !== fresh.length || old.length !== live.length || frameOf(before) !== frameOf(after)) return false;
  const patches = old.map((prose, index) => planPatch(prose, fresh[index] as HTMLElement, live[index] as HTMLElement));
  if (patches.includes(null) || patches.every((patch) => patch === "same")) return false;
  for (const patch of patches) if (typeof patch === "function") patch();
  return true;
}

/** What tells programs elsewhere of a page, some of it in words of the prose: readers see nothing of it. */
const TOLD = 'meta[name="description"], meta[property], script[type="application/ld+json"], a[download]';

/** What is counted in the prose: how long it takes to read, which a page that is loaded anew says. */
const COUNTED = ".reading-aids > span";

/** Everything that is seen but the prose, and but what the preview adds. */
function frameOf(page: Document): string {
  const copy = page.documentElement.cloneNode(true) as HTMLElement;
  for (const counted of copy.querySelectorAll(COUNTED)) counted.remove();
  copy.querySelector("[data-minutes]")?.removeAttribute("data-minutes");
  for (const prose of copy.querySelectorAll(PROSE)) prose.replaceChildren();
  for (const hidden of copy.querySelectorAll(`script[data-state], ${TOLD}`)) hidden.remove();
  return copy.innerHTML;
}

/** How to replace the blocks that differ, those at both ends that do not being left alone; null where that cannot be. */
function planPatch(old: HTMLElement, fresh: HTMLElement, live: HTMLElement): (() => void) | "same" | null {
  if (old.innerHTML === fresh.innerHTML) return "same";
  if (live.childNodes.length !== old.childNodes.length) return null; // something else has been at work here
  const [was, is] = [writeNodes(old), writeNodes(fresh)];
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was[was.length - 1 - end] === is[is.length - 1 - end]) {
    end += 1;
  }
  const leaving = [...live.childNodes].slice(start, was.length - end);
  const coming = [...fresh.childNodes].slice(start, is.length - end).map((node) => document.importNode(node, true));
  const links = pairLinks(leaving, coming);
  if (!links) return null;
  return () => {
    for (const [kept, link] of links) {
      for (const name of kept.getAttributeNames()) kept.removeAttribute(name);
      for (const { name, value } of [...link.attributes]) kept.setAttribute(name, value);
      kept.replaceChildren(...link.childNodes);
      link.replaceWith(kept);
    }
    const next = live.childNodes[was.length - end] ?? null;
    for (const node of leaving) node.remove();
    for (const node of coming) live.insertBefore(node, next);
  };
}

/** The links that move the map are bound to it: each new one gives way to the old one of its number. */
function pairLinks(leaving: readonly Node[], coming: readonly Node[]): [Element, Element][] | null {
  const olds = new Map(findLinks(leaving).map((link) => [link.getAttribute("data-link"), link]));
  const links = findLinks(coming);
  const pairs = links.flatMap((link): [Element, Element][] => {
    const kept = olds.get(link.getAttribute("data-link"));
    return kept ? [[kept, link]] : [];
  });
  return pairs.length === links.length && olds.size === links.length ? pairs : null;
}

function findLinks(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) =>
    node instanceof Element ? [...(node.matches("[data-link]") ? [node] : []), ...node.querySelectorAll("[data-link]")] : [],
  );
}

function writeNodes(holder: HTMLElement): string[] {
  return [...holder.childNodes].map((node) => (node instanceof Element ? node.outerHTML : `${node.nodeType}${node.nodeValue}`));
}
