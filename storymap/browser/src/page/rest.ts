/** Where the reader is, and how long what is left takes to read: below the list of steps. */
import { say, type Words } from "./words";

/** Returns what tells it at the step with that number. */
export function watchRest(words: Words, steps: readonly HTMLElement[]): (number: number) => void {
  const rest = document.querySelector<HTMLElement>(".steps-left");
  const minutes = Number(document.querySelector<HTMLElement>("[data-minutes]")?.dataset["minutes"]);
  return (number) => {
    if (!rest) return;
    const lengths = steps.map((step) => step.querySelector(".prose")?.textContent?.length ?? 0);
    const sum = (some: number[]) => some.reduce((all, one) => all + one, 0);
    const left = Math.round((minutes * sum(lengths.slice(number))) / (sum(lengths) || 1));
    const count = document.createElement("bdi");
    count.dir = "ltr"; // in one order, also between words from right to left
    count.textContent = `${number} / ${steps.length - 1}`;
    const isWithin = number > 0 && number < steps.length - 1;
    rest.replaceChildren(count, left && isWithin ? ` · ${say(words, "time_left", { minutes: left })}` : "");
  };
}
