/** Places that are lines or areas, drawn where the story is at them. */
import type { Geometry, Position } from "geojson";
import * as L from "leaflet";
import type { Focus } from "./focus";
import { MemberLayer, sceneOf } from "./scene";
import { findLayer, listScenes } from "./scenes";
import { FlyingSvg } from "./vector-renderer";

const COPIES = [-360, 0, 360];

export class ShapeLayer extends MemberLayer {
  private readonly shapes: { place: number; layer: L.Path }[] = [];

  override onAdd(map: L.Map): this {
    map.createPane("shapes").style.zIndex = "410";
    const renderer = new FlyingSvg({ pane: "shapes", padding: 0.2 });
    const world = 360 * Math.round(map.getCenter().lng / 360);
    for (const [place, { shape }] of this.page.places.entries()) {
      if (!shape) continue;
      for (const turn of COPIES) {
        for (const layer of drawShape(shape, turn + world, { pane: "shapes", interactive: false, renderer })) {
          this.shapes.push({ place, layer: layer.addTo(map) });
        }
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
      layer.getElement()?.classList.toggle("is-hidden", !shown);
    }
  }
}

type Nested = readonly (Position | Nested)[];

/** The lines and areas of `shape`, so many degrees further east. */
function drawShape(shape: Geometry, turn: number, options: L.PolylineOptions): L.Path[] {
  if (shape.type === "GeometryCollection") return shape.geometries.flatMap((part) => drawShape(part, turn, options));
  const latlngs = locate(shape.coordinates as Nested, turn);
  return shape.type.includes("Polygon")
    ? [L.polygon(latlngs as L.LatLng[][], { ...options, className: "shape is-area" })]
    : [L.polyline(latlngs as L.LatLng[][], { ...options, className: "shape is-line" })];
}

function locate(coordinates: Nested, turn: number): unknown[] {
  return coordinates.map((each) =>
    typeof each[0] === "number" ? L.latLng(each[1] as number, each[0] + turn) : locate(each as Nested, turn),
  );
}
