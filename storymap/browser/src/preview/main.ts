/**
 * What `storymap serve` adds to each page, as a file of its own: a site that is built has nothing of it.
 *
 *     stream.ts         learns from the preview what the page should show
 *     reading-place.ts  keeps the reader's place while the page is loaded anew
 *     mistakes.ts       shows what is wrong, over the page
 *     picker.ts         a button on the map that copies views and points as fields
 */
import { MistakesPanel } from "./mistakes";
import { addPicker } from "./picker";
import { keepPlace, returnToPlace } from "./reading-place";
import { readState } from "./state";
import { follow } from "./stream";

const script = document.currentScript as HTMLScriptElement;
const first = readState(script.dataset["state"] ?? "");
/** A page that has nothing but mistakes to show has no version. */
const panel = new MistakesPanel({ alone: first.version === "" });

returnToPlace();
panel.show(first);
addPicker();
follow(first.version, (state) => {
  if (state.version !== first.version) {
    if (first.version) keepPlace();
    location.reload();
    return false;
  }
  panel.show(state);
  return true;
});
