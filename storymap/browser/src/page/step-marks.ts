/** Mark the current step in the text: its number, the rail, and how far the story has come. */

export function markStep(current: number): void {
  for (const step of document.querySelectorAll<HTMLElement>("[data-step]")) {
    const number = Number(step.dataset["step"]);
    step.classList.toggle("is-current", number === current);
    step.classList.toggle("is-past", number < current);
  }
  const links = document.querySelectorAll<HTMLElement>("[data-to-step]");
  for (const link of links) {
    const number = Number(link.dataset["toStep"]);
    link.classList.toggle("is-past", number < current);
    if (number === current) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  for (const count of document.querySelectorAll(".steps-count")) count.textContent = `${current} / ${links.length - 1}`;
  for (const [way, to] of [["previous", current - 1], ["next", current + 1]] as const) {
    const address = document.querySelector(`.steps-rail [data-to-step="${to}"]`)?.getAttribute("href");
    const link = document.querySelector(`.steps-${way}`);
    if (address) link?.setAttribute("href", address);
    else link?.removeAttribute("href");
    link?.setAttribute("aria-disabled", String(!address));
  }
  keepInSight(document.querySelector<HTMLElement>(".steps-rail [aria-current]"));
  const share = links.length > 1 ? current / (links.length - 1) : 0;
  document.documentElement.style.setProperty("--progress", share.toFixed(3));
}

/** A rail of many steps scrolls, with the current one in its middle. */
function keepInSight(link: HTMLElement | null): void {
  const rail = link?.closest<HTMLElement>(".steps-rail");
  if (link && rail && rail.scrollHeight > rail.clientHeight) {
    rail.scrollTop = link.offsetTop - (rail.clientHeight - link.offsetHeight) / 2;
  }
}
