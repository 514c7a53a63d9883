/**
 * Who gets a gesture over the map, the page or the map. The wheel scrolls the page, and with Ctrl or ⌘ zooms the map.
 * Where the map lies above the text, one finger scrolls the page and two move the map, which is said once.
 */
import type * as L from "leaflet";

/** Pixels that a finger must have moved for it to want the map. */
const ATTEMPT = 12;

/** How long the hint stands (milliseconds). */
const READING = 2600;

/** The session remembers under this name that the hint was given. */
const TOLD = "storymap-two-fingers";

export function shareGestures(map: L.Map, hint: string): void {
  const container = map.getContainer();
  const early = { capture: true, passive: true };
  container.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); // from Leaflet, not from the page
  }, early);

  let start: Touch | undefined;
  container.addEventListener("touchstart", (event) => {
    // The stylesheet decides where one finger scrolls the page: there it leaves panning to the browser.
    const shared = event.touches.length === 1 && getComputedStyle(container).touchAction !== "none";
    start = shared ? event.touches[0] : undefined;
    if (shared) event.stopPropagation();
  }, early);
  container.addEventListener("touchmove", ({ touches: [touch] }) => {
    if (!start || !touch || Math.hypot(touch.clientX - start.clientX, touch.clientY - start.clientY) < ATTEMPT) return;
    start = undefined;
    if (isNews()) show(container, hint);
  }, early);
}

function isNews(): boolean {
  try {
    if (sessionStorage.getItem(TOLD)) return false;
    sessionStorage.setItem(TOLD, "yes");
  } catch {
    // Some browsers keep nothing for pages from disk: the hint then comes once more.
  }
  return true;
}

function show(container: HTMLElement, text: string): void {
  const hint = document.createElement("p");
  hint.className = "map-hint";
  hint.textContent = text;
  container.after(hint);
  window.setTimeout(() => hint.remove(), READING);
}
