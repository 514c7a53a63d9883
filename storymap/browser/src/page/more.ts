/**
 * `sharing.js`, which few readers need: what a button to share opens, and a page in a frame of another. It lies beside the
 * page's own script, and is loaded when it is asked for.
 */
import type { Sharing } from "../sharing";
import { isEmbedded } from "./embedded";

declare global {
  interface Window {
    storymapSharing?: Sharing;
  }
}

const own = document.currentScript as HTMLScriptElement | null;
/** Where it lies; empty where the page carries its script within itself. */
const address = own?.getAttribute("src")?.replace(/[^/]*$/, "sharing.js") ?? "";

// Before the map is made: what is laid out otherwise is so from the start.
if (isEmbedded() && address) document.write(`<script src="${address}"></script>`);

/** Whether there is something to load. */
export const hasSharing = address !== "";

export async function loadSharing(): Promise<Sharing | undefined> {
  if (!window.storymapSharing) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
    await new Promise((resolve) => { script.onload = script.onerror = resolve; });
  }
  return window.storymapSharing;
}
