/**
 * What `storymap serve` adds to each page, as a file of its own: a site that is built has nothing of it.
 *
 *     stream.ts         learns from the preview what the page should show
 *     renew.ts          brings the page up to date: its prose in place (patch.ts), else by loading it anew
 *     reading-place.ts  keeps the reader's place meanwhile
 *     mistakes.ts       shows what is wrong, over the page
 *     picker.ts         a button on the map that copies views and points as fields
 */
import { MistakesPanel } from "./mistakes";
import { addPicker } from "./picker";
import { returnToPlace } from "./reading-place";
import { Renewal } from "./renew";
import { readState, type State } from "./state";
import { follow } from "./stream";

const script = document.currentScript as HTMLScriptElement;
const first = readState(script.dataset["state"] ?? "");
/** A page that has nothing but mistakes to show has no version. */
const panel = new MistakesPanel({ alone: first.version === "" });
const renewal = new Renewal(script, first);
let latest = first;

returnToPlace();
panel.show(first);
addPicker();
follow((state) => void show(state));

async function show(state: State): Promise<void> {
  latest = state;
  if (renewal.isCurrent(state.version)) return panel.show(state);
  const renewed = await renewal.renew();
  if (!renewed) return;
  panel.show(renewed);
  // Something may have been saved while the page was renewed.
  if (latest !== state) await show(latest);
}
