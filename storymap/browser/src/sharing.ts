/**
 * What `sharing.js` is: made for readers who share a step, and for pages in a frame of another.
 *
 *     sharing/words.ts     its own words, which Python puts before it
 *     sharing/address.ts   whole addresses of a step
 *     sharing/snippet.ts   what another page is given to show it
 *     sharing/panel.ts     what the button opens
 *     sharing/frame.ts     the page in a frame: a step at a time
 */
import { embed, type Embed } from "./sharing/frame";
import { share } from "./sharing/panel";

export interface Sharing {
  share(): Promise<void>;
  /** Takes over how the reader goes from step to step; only where the page stands in a frame. */
  embed: Embed | undefined;
}

window.storymapSharing = { share, embed: embed() };
