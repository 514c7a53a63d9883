/** Closer than the ground is drawn: a grid and a scale say how large things are, and the credits that coasts are rough. */
import * as L from "leaflet";
import * as figures from "../../../figures.json";
import { say, type Words } from "../page/words";
import { MetreGrid } from "./metre-grid";

/** Shows both on a map that may be looked at this closely; over tiles it is their ground that is seen. */
export function tellCloseness(map: L.Map, { maxZoom, tiled, words }: { maxZoom: number; tiled: boolean; words: Words }): void {
  if (maxZoom <= figures.zooms.ground) return;
  const position = document.documentElement.dir === "rtl" ? "bottomleft" : "bottomright";
  const scale = L.control.scale({ imperial: false, position, maxWidth: 120 });
  const rough = say(words, "map_rough");
  const grid = new MetreGrid();
  let close = false;
  const tell = () => {
    const now = map.getZoom() > figures.zooms.rough;
    if (now === close) return;
    close = now;
    if (close) scale.addTo(map);
    else scale.remove();
    if (tiled) return;
    if (close) {
      grid.addTo(map);
      map.attributionControl?.addAttribution(rough);
    } else {
      grid.remove();
      map.attributionControl?.removeAttribution(rough);
    }
  };
  map.on("zoomend viewreset", tell);
}
