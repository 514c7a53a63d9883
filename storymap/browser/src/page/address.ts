/** The address of the page: it names the step the reader is at, so that a copied address returns there. */

import { isEmbedded } from "./embedded";

/** Puts step `id` into the address without a new entry in the history; `""` is the opening. */
export function noteStep(id: string): void {
  const wanted = id ? `#${encodeURIComponent(id)}` : "";
  if (decodeFragment(location.hash) === id) return;
  try {
    history.replaceState(history.state, "", wanted || location.pathname + location.search);
  } catch {
    // Some browsers refuse to change the address of a page from disk, or too often: the story goes on without.
  }
}

/**
 * Goes to element `id` as a click on a link to it would: the history gains an entry, and Back returns. In a frame it gains
 * none: there, Back belongs to the page around.
 */
export function goTo(id: string): void {
  if (isEmbedded()) return location.replace(`#${encodeURIComponent(id)}`);
  if (decodeFragment(location.hash) === id) document.getElementById(id)?.scrollIntoView();
  else location.hash = encodeURIComponent(id);
}

/** The element that the address names, or null. */
export function findAddressed(): HTMLElement | null {
  const id = decodeFragment(location.hash);
  return id ? document.getElementById(id) : null;
}

/** `#caf%C3%A9` → `café`; an address that is not properly encoded stays as it is. */
export function decodeFragment(hash: string): string {
  const raw = hash.replace(/^#/, "");
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
