/** Two pictures of a story, one over the other, and between them a line that the reader moves: a slider. */
import { say } from "./words";

export function compare(): void {
  for (const figure of document.querySelectorAll<HTMLElement>(".compare:not(.is-ready)")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.className = "compare-line";
    slider.dir = "ltr"; // the first picture is on the left, as on a map
    slider.value = "50";
    const [left, right] = [...figure.querySelectorAll("figcaption")].map(({ textContent }) => textContent?.trim() ?? "");
    slider.setAttribute("aria-label", [say("compare"), left && right ? `${left} – ${right}` : ""].filter(Boolean).join(": "));
    slider.addEventListener("input", () => {
      figure.style.setProperty("--line", `${slider.value}%`);
      figure.style.setProperty("--share", String(Number(slider.value) / 100));
      slider.setAttribute("aria-valuetext", `${slider.value} %`);
    });
    figure.classList.add("is-ready");
    figure.append(slider);
  }
}
