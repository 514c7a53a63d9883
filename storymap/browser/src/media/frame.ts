/** A film or a post that is elsewhere, in place of the card that said whom it asks. */

/** Services that show nothing to a page that cannot say where it stands. */
const WANTS_ADDRESS = /^https:\/\/www\.youtube-nocookie\.com\//;

export function showFrame(link: HTMLAnchorElement): void {
  const address = link.dataset["frame"] ?? "";
  if (location.protocol === "file:" && WANTS_ADDRESS.test(address)) {
    window.open(link.href, "_blank", "noopener");
    return;
  }
  const frame = document.createElement("iframe");
  frame.title = link.querySelector(".frame-title")?.textContent ?? "";
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  // It may do what it is there for, and not lead this page away.
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation");
  frame.src = address;
  for (const other of document.querySelectorAll<HTMLMediaElement>("audio, video")) other.pause();
  link.replaceWith(frame);
  frame.focus({ preventScroll: true });
}
