/** What another page is given to show a story: a frame, and a script that gives it the height that it asks for. */

/** How tall the frame is before, or without, its script (CSS pixels). */
const HEIGHT = 480;

/** No frame grows beyond this (CSS pixels). */
const TALLEST = 1200;

/** HTML that shows `address` in a frame called `title`. */
export function writeSnippet(address: string, title: string): string {
  const frame = `src="${escapeAttribute(address)}" title="${escapeAttribute(title)}" loading="lazy"`;
  return `<iframe class="storymap" ${frame} style="width: 100%; height: ${HEIGHT}px; border: 0"></iframe>
<script>
addEventListener("message", ({ data, source }) => {
  if (!(data && data.storymap > 0)) return;
  for (const frame of document.querySelectorAll("iframe.storymap")) {
    if (frame.contentWindow === source) frame.style.height = Math.min(data.storymap, ${TALLEST}) + "px";
  }
});
</script>`;
}

/** `text` as it stands between double quotes in HTML, and in whatever that is pasted into. */
export function escapeAttribute(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
