/** How large things are: a scale, and closer than the ground is drawn a grid, where the credits say that coasts are rough. */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import { say, type Words } from "../page/words";
import { MetreGrid } from "./metre-grid";
import { makeScale } from "./scale";

/** From this zoom on one scale holds for the whole map, more or less. */
const EVEN = 4;

/** Shows all that on a map; `hidden` says whether the drawn ground is under tiles or streets where the map is. */
export function tellCloseness(map: L.Map, { hidden, words }: { hidden: () => boolean | undefined; words: Words }): void {
  const position = document.documentElement.dir === "rtl" ? "bottomleft" : "bottomright";
  const scale = makeScale({ imperial: false, position, maxWidth: 120 });
  const rough = say(words, "map_rough");
  const grid = new MetreGrid();
  let even = false;
  let close = false;
  const tell = () => {
    const zoom = map.getZoom();
    if (even !== zoom >= EVEN) {
      even = !even;
      if (even) scale.addTo(map);
      else scale.remove();
    }
    if (close === (zoom > figures.zooms.rough && !hidden())) return;
    close = !close;
    if (close) {
      grid.addTo(map);
      map.attributionControl?.addAttribution(rough);
    } else {
      grid.remove();
      map.attributionControl?.removeAttribution(rough);
    }
  };
  map.on("zoomend viewreset moveend", tell);
}
