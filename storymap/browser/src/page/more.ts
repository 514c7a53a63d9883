/** Scripts that few readers need. They lie beside the page's own one, and are loaded when they are asked for. */
import type { Sharing } from "../sharing";
import { isEmbedded } from "./embedded";

declare global {
  interface Window {
    storymapSharing?: Sharing;
  }
}

const own = document.currentScript as HTMLScriptElement | null;
/** Where they lie; empty where the page carries its script within itself. */
const folder = own?.getAttribute("src")?.replace(/[^/]*$/, "") ?? "";

// Before the map is made: what is laid out otherwise is so from the start.
if (isEmbedded() && folder) document.write(`<script src="${folder}sharing.js"></script>`);

/** Whether there is something to load. */
export const isBeside = folder !== "";

const loads = new Map<string, Promise<unknown>>();

/** Resolves when the script `name` has run, or has not come. */
export function loadBeside(name: "reading" | "sharing"): Promise<unknown> {
  let load = loads.get(name);
  if (!load) {
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    document.head.append(script);
    loads.set(name, (load = new Promise((resolve) => { script.onload = script.onerror = resolve; })));
  }
  return load;
}

export async function loadSharing(): Promise<Sharing | undefined> {
  if (!window.storymapSharing) await loadBeside("sharing");
  return window.storymapSharing;
}
