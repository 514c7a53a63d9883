/**
 * What `viewer.js` is: made for readers who look closer.
 *
 *     media/words.ts      its own words, which Python puts before it
 *     media/lightbox.ts   a picture, or those of a gallery, as large as the screen
 *     media/closeness.ts  how close a reader looks at a picture: pinching, turning the wheel, dragging
 *     media/frame.ts      a film or a post that is elsewhere
 *     media/compare.ts    two pictures, one over the other, and a line between them
 */
import { compare } from "./media/compare";
import { showFrame } from "./media/frame";
import { openPictures } from "./media/lightbox";

export interface Viewer {
  /** Opens what a link of the page shows. */
  open(link: HTMLAnchorElement): void;
  /** Lays the pairs of the page over each other. */
  compare(): void;
}

window.storymapViewer = { open: (link) => (link.dataset["frame"] ? showFrame(link) : openPictures(link)), compare };
