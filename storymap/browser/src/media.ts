/**
 * What pages load that show pictures, sound or film: little, and what shows them large comes with the first that is
 * opened (`viewer.ts`). Without it a picture is a link to its file, and a film plays all the same.
 */
import type { Viewer } from "./viewer";

declare global {
  interface Window {
    storymapViewer?: Viewer;
  }
}

const address = (document.currentScript as HTMLScriptElement | null)?.dataset["more"] ?? "";

document.addEventListener("click", (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
  const link = target instanceof Element && target.closest<HTMLAnchorElement>("[data-media]");
  if (!link || ctrlKey || metaKey || shiftKey || altKey) return;
  event.preventDefault();
  void load().then((viewer) => (viewer ? viewer.open(link) : location.assign(link.href)));
});

// One at a time.
document.addEventListener("play", ({ target }) => {
  for (const other of document.querySelectorAll<HTMLMediaElement>("audio, video")) if (other !== target) other.pause();
}, true);

// A page that carries its pictures within itself has no files to lead to.
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.enlarge:not([href])")) link.href = "#";

if (document.querySelector(".compare")) void load().then((viewer) => viewer?.compare());

async function load(): Promise<Viewer | undefined> {
  if (!window.storymapViewer) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
    await new Promise((resolve) => { script.onload = script.onerror = resolve; });
  }
  return window.storymapViewer;
}
