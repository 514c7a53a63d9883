/** Who made the map, in its corner. */
import type * as L from "leaflet";

/** `text` for the places where Leaflet takes HTML. */
export function escapeText(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** The credits as one line of HTML; `about` leads to the page with the licences, where there is one. */
export function writeCredits(credits: readonly string[], about: { url: string; label: string } | null): string {
  const line = credits.map(escapeText).join(" · ");
  const link = about && `<a href="${escapeText(about.url)}">${escapeText(about.label)}</a>`;
  return [line, link].filter(Boolean).join(" · ");
}

/** A button that unfolds the credits; the stylesheet shows it, and folds them, where the map is narrow. */
export function foldCredits(map: L.Map, label: string): void {
  const credits = map.attributionControl?.getContainer();
  if (!credits) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "credits-button leaflet-control";
  button.setAttribute("aria-label", label);
  credits.id = "storymap-credits";
  button.setAttribute("aria-controls", credits.id);
  const unfold = (open: boolean) => {
    button.setAttribute("aria-expanded", String(open));
    credits.classList.toggle("is-open", open);
  };
  button.addEventListener("click", (event) => {
    event.stopPropagation(); // it is no click on the map
    unfold(!credits.classList.contains("is-open"));
  });
  for (const element of [button, credits]) {
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !credits.classList.contains("is-open")) return;
      event.preventDefault();
      unfold(false);
      button.focus();
    });
  }
  unfold(false);
  credits.before(button);
}
