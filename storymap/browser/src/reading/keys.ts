/** What each key of the page is for; `page/reading.ts` says when a key is one of the page. */
import { copyText } from "../page/clipboard";
import { addressOf, currentStep } from "../sharing/address";
import { explain } from "./help";
import { notify } from "./notice";
import { printStory } from "./printing";
import { countSteps, currentNumber, goTo, turnPage } from "./steps";
import { toggleWords } from "./told";
import { say } from "./words";

export function press(key: string, id?: string): void {
  if (key === "j") goTo(currentNumber() + 1);
  else if (key === "k") goTo(currentNumber() - 1);
  else if (key === "PageDown") turnPage(1);
  else if (key === "PageUp") turnPage(-1);
  // Where the story has come to an end of itself already, these go to that of the page.
  else if (key === "Home") currentNumber() > 1 ? goTo(1) : window.scrollTo({ top: 0 });
  else if (key === "End") currentNumber() < countSteps() ? goTo(countSteps()) : window.scrollTo({ top: document.body.scrollHeight });
  else if (key === "0") goTo(0);
  else if (key === "m") document.querySelector<HTMLElement>(".folium-map")?.focus({ preventScroll: true });
  else if (key === "l") showSteps();
  else if (key === "w") toggleWords();
  else if (key === "print") void printStory();
  else if (key === "c") void copyLink(id ?? currentStep());
  else explain();
}

/** The list of steps: on a phone the sheet, else the rail. */
function showSteps(): void {
  const button = document.querySelector<HTMLElement>(".steps-button");
  if (button?.offsetParent) button.click();
  else document.querySelector<HTMLElement>(".steps-rail [aria-current]")?.focus();
}

async function copyLink(id: string): Promise<void> {
  const url = addressOf(id);
  notify(say((await copyText(url)) ? "link_copied" : "not_copied", { url }));
}
