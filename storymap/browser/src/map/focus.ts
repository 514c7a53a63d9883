/** What the reader is at: the number of a scene of the page, and the places of a link that is looked at. */
export interface Focus {
  scene: number;
  aside: readonly number[];
}
