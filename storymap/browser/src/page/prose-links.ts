/** Links in prose that move the map while the reader looks at them, and back. Without script they are ordinary links. */
import type { LinkData, StoryPayload } from "../contract";
import type { Scene } from "../map/scene";
import type { CameraMan } from "../views/camera";

/** A pointer that only passes over a link does not move the map (milliseconds). */
const HESITATION = 140;

export function bindProseLinks(page: StoryPayload, scene: Scene, camera: CameraMan): { letGo(): void } {
  let held: HTMLElement | null = null; // the link that the map shows
  let pinned = false; // by a click or a tap: leaving it does not return
  let timer = 0;

  function look(anchor: HTMLElement, link: LinkData): void {
    if (held === anchor) return;
    held?.classList.remove("is-shown");
    held = anchor;
    anchor.classList.add("is-shown");
    scene.turnTo({ aside: link.places });
    camera.glance(link.view);
  }

  function letGo(back = true): void {
    window.clearTimeout(timer);
    if (!held) return;
    held.classList.remove("is-shown");
    held = null;
    pinned = false;
    scene.turnTo({ aside: [] });
    if (back) camera.lookBack();
  }

  for (const section of document.querySelectorAll<HTMLElement>("[data-step]")) {
    const links = [page, ...page.steps][Number(section.dataset["step"])]?.links ?? [];
    for (const anchor of section.querySelectorAll<HTMLAnchorElement>("a[data-link]")) {
      const link = links[Number(anchor.dataset["link"])];
      if (!link) continue;
      anchor.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "mouse") return;
        window.clearTimeout(timer);
        timer = window.setTimeout(() => look(anchor, link), HESITATION);
      });
      anchor.addEventListener("pointerleave", (event) => {
        if (event.pointerType !== "mouse") return;
        window.clearTimeout(timer);
        if (!pinned) letGo();
      });
      anchor.addEventListener("focus", () => {
        if (anchor.matches(":focus-visible")) look(anchor, link);
      });
      anchor.addEventListener("blur", () => letGo());
      anchor.addEventListener("click", (event) => {
        // A click with a modifier asks for the link itself: its place's page.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        window.clearTimeout(timer);
        if (pinned && held === anchor) return letGo();
        look(anchor, link);
        pinned = true;
      });
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") letGo();
  });
  return { letGo: () => letGo(false) };
}
