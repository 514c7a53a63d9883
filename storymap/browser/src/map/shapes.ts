/** Places that are lines or areas, drawn where the story is at them. */
import * as L from "leaflet";
import type { Focus } from "./focus";
import { MemberLayer, sceneOf } from "./scene";
import { findLayer, listScenes } from "./scenes";
import { FlyingSvg } from "./vector-renderer";

const COPIES = [-360, 0, 360];

export class ShapeLayer extends MemberLayer {
  private readonly shapes: { place: number; layer: L.GeoJSON }[] = [];

  override onAdd(map: L.Map): this {
    map.createPane("shapes").style.zIndex = "410";
    const renderer = new FlyingSvg({ pane: "shapes", padding: 0.2 });
    const world = 360 * Math.round(map.getCenter().lng / 360);
    for (const [place, { shape }] of this.page.places.entries()) {
      if (!shape) continue;
      for (const turn of COPIES) {
        const layer = L.geoJSON(shape, {
          pane: "shapes",
          interactive: false,
          coordsToLatLng: ([lon, lat]) => L.latLng(lat, lon + turn + world),
          style: () => ({ className: shape.type.includes("Polygon") ? "shape is-area" : "shape is-line", renderer }),
        } as L.GeoJSONOptions);
        this.shapes.push({ place, layer: layer.addTo(map) });
      }
    }
    this.update(sceneOf(map).focus);
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const { layer } of this.shapes) layer.remove();
    this.shapes.length = 0;
    return super.onRemove(map);
  }

  update({ scene, aside }: Focus): void {
    // A step without a place of its own shows the shapes of all, as the opening does.
    const current = findLayer(listScenes(this.page)[scene], "markers") ?? findLayer(this.page, "markers");
    for (const { place, layer } of this.shapes) {
      const shown = this.page.kind !== "story" || [...aside, ...(current?.places ?? [])].includes(place);
      layer.eachLayer((each) => (each as L.Path).getElement()?.classList.toggle("is-hidden", !shown));
    }
  }
}
