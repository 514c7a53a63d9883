/** Who made the map, in its corner. */

/** `text` for the places where Leaflet takes HTML. */
export function escapeText(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** The credits as one line of HTML; `about` leads to the page with the licences, where there is one. */
export function writeCredits(credits: readonly string[], about: { url: string; label: string } | null): string {
  const line = credits.map(escapeText).join(" · ");
  return about ? `${line} · <a href="${escapeText(about.url)}">${escapeText(about.label)}</a>` : line;
}
