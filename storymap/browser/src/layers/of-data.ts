/** Areas, lines and points of the author's data: drawn once for a page, shown and coloured as the scene says. */
import * as L from "leaflet";
import type { Geometry } from "geojson";
import type { DataLayerData, DatasetData } from "../contract";
import type { Focus } from "../map/focus";
import { MemberLayer } from "../map/scene";
import { listScenes } from "../map/scenes";
import { FlyingSvg } from "../map/vector-renderer";

const COPIES = [-360, 0, 360];

export abstract class DataLayer extends MemberLayer {
  /** By dataset and number, the drawn feature in every turn of the world. */
  private readonly drawn = new Map<string, L.Path[]>();
  private renderer: FlyingSvg | undefined;
  protected abstract readonly kind: DataLayerData["kind"];

  protected abstract draw(shape: Geometry, turn: number, options: L.PathOptions): L.Path[];

  protected abstract style(layer: DataLayerData, at: number): L.PathOptions;

  override onAdd(map: L.Map): this {
    map.createPane("data").style.zIndex = "405";
    this.renderer = new FlyingSvg({ pane: "data", padding: 0.2 });
    return super.onAdd(map);
  }

  override onRemove(map: L.Map): this {
    for (const path of [...this.drawn.values()].flat()) path.remove();
    this.drawn.clear();
    return super.onRemove(map);
  }

  update({ scene }: Focus): void {
    const shown = new Set<L.Path>();
    for (const layer of listScenes(this.page)[scene]?.layers ?? []) {
      if (layer.kind !== this.kind) continue;
      const data = this.page.kind === "story" ? this.page.data?.[layer.data] : undefined;
      if (!data) continue;
      layer.shown.forEach((number, at) => {
        for (const path of this.find(data, layer.data, number)) {
          path.setStyle({ ...this.style(layer, at), opacity: layer.opacity, fillOpacity: layer.opacity });
          if (path instanceof L.CircleMarker) path.setRadius(layer.radii?.[at] ?? 4);
          path.addTo(this._map);
          shown.add(path);
        }
      });
    }
    for (const path of [...this.drawn.values()].flat()) if (!shown.has(path)) path.remove();
  }

  private find(data: DatasetData, id: number, number: number): L.Path[] {
    const key = `${id}/${number}`;
    let paths = this.drawn.get(key);
    const shape = data.shapes[number];
    if (!paths && shape) {
      const world = 360 * Math.round(this._map.getCenter().lng / 360);
      const options = { pane: "data", ...(this.renderer ? { renderer: this.renderer } : {}) };
      paths = COPIES.flatMap((turn) => this.draw(shape, turn + world, options));
      this.drawn.set(key, paths);
    }
    return paths ?? [];
  }
}

/** The paths of a GeoJSON geometry, so many degrees further east. */
export function drawShape(shape: Geometry, turn: number, options: L.PathOptions): L.Path[] {
  const group = L.geoJSON(shape, {
    ...options,
    coordsToLatLng: ([lon, lat]: number[]) => L.latLng(lat ?? 0, (lon ?? 0) + turn),
    pointToLayer: (_, latlng) => L.circleMarker(latlng, options),
    style: () => options,
  } as L.GeoJSONOptions);
  return group.getLayers() as L.Path[];
}
