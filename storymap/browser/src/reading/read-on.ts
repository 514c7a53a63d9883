/** The offer to somebody who has begun to read: to go on where they were. It goes away by itself. */
import { makeNotice } from "./notice";
import { goTo } from "./steps";
import { say } from "./words";

export function offerReadingOn(id: string): void {
  const step = document.getElementById(id);
  const number = Number(step?.dataset["step"] ?? 0);
  const title = step?.querySelector("h2")?.textContent?.replace(/\u00ad/g, "");
  if (number < 1 || !title) return; // the story has changed since
  const notice = makeNotice();
  const link = document.createElement("a");
  link.href = `#${encodeURIComponent(id)}`;
  link.textContent = say("continue_at", { title });
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", say("close"));
  close.textContent = "×";
  notice.append(link, close);
  const leave = () => {
    notice.remove();
    window.removeEventListener("scroll", look);
  };
  // Who reads on by themselves has decided.
  const look = () => { if (window.scrollY > window.innerHeight) leave(); };
  window.addEventListener("scroll", look, { passive: true });
  close.addEventListener("click", leave);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
    goTo(number);
  });
}
