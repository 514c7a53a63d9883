/** What is said for a moment, at the foot of the text. */

/** How long it stands (milliseconds). */
const READING = 4000;

/** An empty one; what is put into it is also said aloud. */
export function makeNotice(): HTMLElement {
  for (const old of document.querySelectorAll(".reading-notice")) old.remove();
  const notice = document.createElement("div");
  notice.className = "reading-notice";
  notice.setAttribute("role", "status");
  document.querySelector(".column")?.append(notice);
  return notice;
}

export function notify(text: string): void {
  const notice = makeNotice();
  notice.textContent = text;
  window.setTimeout(() => notice.remove(), READING);
}
