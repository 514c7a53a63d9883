/** What the map and the script for streets (`streets.ts`) know of each other. */
import type { WorldWindow } from "../basemap/window";
import type { Colours } from "../basemap/colours";
import type { ScreenBox } from "../labels/boxes";
import type { Member } from "../map/scene";

/** Where and how the names of streets are set. */
export interface LetterTask {
  /** Where no name may stand; those that are set are added. */
  taken: ScreenBox[];
  /** Names that the map says already. */
  said: ReadonlySet<string>;
  /** The part of the canvas that is drawn. */
  area: ScreenBox;
  window: WorldWindow;
  colours: Colours;
  sans: string;
  serif: string;
}

/** The streets of a page's map. */
export interface StreetGround extends Member {
  /** Paints over the drawn map; `ratio` is canvas pixels per pixel of the window. */
  paint(brush: CanvasRenderingContext2D, window: WorldWindow, ratio: number, colours: Colours): void;
  /** Sets the names that are left room. */
  letter(brush: CanvasRenderingContext2D, task: LetterTask): void;
  /** Whether it draws the ground at a point, on a map that is close enough. */
  covers(point: { lng: number; lat: number }): boolean;
  /** Decodes what the map has not shown yet. */
  prepare(pause: () => Promise<void>): Promise<void>;
}
