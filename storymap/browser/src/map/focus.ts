/** What the reader is at. `step` counts from 0, the opening; `story` is the one lit on the atlas; `aside` are a link's places. */
export interface Focus {
  step: number;
  story: number | null;
  aside: readonly number[];
}
