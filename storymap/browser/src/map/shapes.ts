/** Places that are lines or areas, drawn where the story is at them. */
import * as L from "leaflet";
import type { Payload } from "../contract";
import type { Focus } from "./focus";
import { sceneOf } from "./scene";
import { FlyingSvg } from "./vector-renderer";

const COPIES = [-360, 0, 360];

export class ShapeLayer extends L.Layer {
  private readonly shapes: { place: number; layer: L.GeoJSON }[] = [];

  constructor(private readonly payload: Payload) {
    super();
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    scene.shapes = this;
    map.createPane("shapes").style.zIndex = "410";
    const renderer = new FlyingSvg({ pane: "shapes", padding: 0.2 });
    const world = 360 * Math.round(map.getCenter().lng / 360);
    for (const [place, { shape }] of this.payload.places.entries()) {
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
    this.update(scene.focus);
    return this;
  }

  override onRemove(): this {
    for (const { layer } of this.shapes) layer.remove();
    this.shapes.length = 0;
    return this;
  }

  update({ step, story, aside }: Focus): void {
    const { kind, steps, stories } = this.payload;
    const current = kind === "story" ? steps[step]?.places : story === null ? undefined : stories[story]?.places;
    for (const { place, layer } of this.shapes) {
      // A step without a place of its own, such as an overview, shows the shapes of all.
      const own = current?.length ? current.includes(place) : (this.payload.places[place]?.steps.length ?? 0) > 0;
      const shown = kind !== "story" || aside.includes(place) || own;
      layer.eachLayer((each) => (each as L.Path).getElement()?.classList.toggle("is-hidden", !shown));
    }
  }
}
