/**
 * What `reading.js` is: what keys do on the page of a story, and what else a reader may ask for.
 *
 *     reading/words.ts      its own words, which Python puts before it
 *     reading/steps.ts      from step to step
 *     reading/help.ts       the list of the keys
 *     reading/told.ts       the map in words, for everybody
 *     reading/read-on.ts    the offer to go on where one was
 *     reading/notice.ts     what is said for a moment
 *     reading/printing.ts   the story as a handout
 */
import { offerReadingOn } from "./reading/read-on";
import { press } from "./reading/keys";
import { followChoice } from "./reading/told";

export interface Reading {
  /** Does what a key of the page is for; a link that is to be copied is that of step `id`, or of the present one. */
  press(key: string, id?: string): void;
  /** Offers to go on at step `id`. */
  offer(id: string): void;
}

followChoice();
window.storymapReading = { press, offer: offerReadingOn };
