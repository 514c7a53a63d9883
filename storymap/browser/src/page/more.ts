/** Scripts that few readers need. They lie beside the page's own one, and are loaded when they are asked for. */
import type { Reading } from "../reading";
import type { Sharing } from "../sharing";
import { isEmbedded } from "./embedded";

declare global {
  interface Window {
    storymapReading?: Reading;
    storymapSharing?: Sharing;
  }
}

const own = document.currentScript as HTMLScriptElement | null;
/** Where they lie; empty where the page carries its scripts within itself: these then have run already. */
const folder = own?.getAttribute("src")?.replace(/[^/]*$/, "") ?? "";

// Before the map is made: what is laid out otherwise is so from the start.
if (isEmbedded() && folder) document.write(`<script src="${folder}sharing.js"></script>`);

/** Whether there are any: a map that stands alone, as in a notebook, has none. */
export const hasMore = folder !== "" || window.storymapReading !== undefined;

const loads = new Map<string, Promise<unknown>>();

/** Resolves when the script `name` has run, or has not come. */
function load(name: "reading" | "sharing"): Promise<unknown> {
  let load = loads.get(name);
  if (!load) {
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    document.head.append(script);
    loads.set(name, (load = new Promise((resolve) => { script.onload = script.onerror = resolve; })));
  }
  return load;
}

export async function loadReading(): Promise<Reading | undefined> {
  if (!window.storymapReading) await load("reading");
  return window.storymapReading;
}

export async function loadSharing(): Promise<Sharing | undefined> {
  if (!window.storymapSharing) await load("sharing");
  return window.storymapSharing;
}
