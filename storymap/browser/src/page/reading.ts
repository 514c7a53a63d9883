/** The keys of a story's page, and the door to what they do: `reading.js`, which is loaded when it is first asked for. */
import type { Reading } from "../reading";
import type { CameraMan } from "../views/camera";
import { forget, keep, recall } from "./kept";
import { isFree, nameKey } from "./keys";
import { hasMore, loadReading } from "./more";

/** What has its own use for keys. */
const TAKES = "input, textarea, select, [contenteditable], audio, video, iframe, [role=slider], table[tabindex], .data-table-scroll[tabindex]";

const KEYS = /^([jkmlwc0?؟]|Page(Up|Down)|Home|End)$/;

const PLACE = `storymap:${location.pathname}`;

export function offerReading(camera: CameraMan): void {
  if (!hasMore) {
    for (const button of document.querySelectorAll("[data-key]")) button.remove();
    return;
  }
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const key = nameKey(event);
    if (key === "Escape") camera.lookBack();
    if (!KEYS.test(key) || !isFree(event) || (event.shiftKey && key.length > 1)) return;
    if (target instanceof Element && target.closest(TAKES)) return;
    event.preventDefault();
    press(key);
  });
  document.addEventListener("click", ({ target }) => {
    const sign = target instanceof Element && target.closest<HTMLElement>("[data-key], .step-number");
    if (sign) press(sign.dataset["key"] ?? "c", sign.closest(".step")?.id);
  });
  const id = location.hash ? "" : recall(PLACE);
  if (id || recall("storymap-words")) load((reading) => reading.offer(id));
}

/** Keeps on this device where the reader is; at the end of the story nothing is left to go on with. */
export function keepPlace(id: string, isLast: boolean): void {
  if (isLast) forget(PLACE);
  else if (id) keep(PLACE, id);
}

function press(key: string, id?: string): void {
  load((reading) => reading.press(key, id));
}

function load(then: (reading: Reading) => void): void {
  void loadReading().then((reading) => reading && then(reading));
}
