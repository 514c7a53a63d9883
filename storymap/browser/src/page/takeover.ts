/** The map takes over from the still that the page painted first. */
import type { BasemapLayer } from "../basemap/layer";
import { findWindow } from "../views/frame";

export function takeOverFromStill(container: HTMLElement, basemap: BasemapLayer | undefined): void {
  const drawn = () => {
    // The still has done its work; what is not in the page is not painted under the map.
    findWindow(container)?.replaceChildren();
  };
  if (basemap) basemap.once("load", drawn);
  else drawn();
}
