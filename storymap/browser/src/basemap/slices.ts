/** The geometry of one tile: a scale's topology is decoded and sliced the first time that a tile of it is wanted. */
import GeoJSONVT from "geojson-vt";
import { feature } from "topojson-client";
import type { FeatureCollection } from "geojson";
import type { GeometryCollection } from "topojson-specification";
import type { Basemap, Scale } from "./contract";
import { makeScalePicker, type TileAddress } from "./scales";

/** Pixels of a tile's edge in the coordinates of its geometry. */
export const EXTENT = 4096;

/** What is painted, from the bottom up. */
export const OBJECTS = ["land", "highlights", "lakes", "regions", "borders", "rivers", "coast"] as const;
export type ObjectName = (typeof OBJECTS)[number];

/** One feature of a tile: runs of x, y in tile coordinates. */
export interface Shape {
  id: string;
  rings: ArrayLike<number>[];
}

export type TileShapes = Partial<Record<ObjectName, Shape[]>>;

type Index = Partial<Record<ObjectName, GeoJSONVT>>;

const OPTIONS = {
  extent: EXTENT,
  buffer: 128, // a coast line is up to two pixels wide; its end must not show in the tile
  tolerance: 1, // what is baked has been simplified for its scale already
  indexMaxZoom: 0, // no tile before it is wanted
  indexMaxPoints: 0,
};

export class Slices {
  private readonly pick;
  private readonly indexes: (Index | undefined)[];

  constructor(private readonly basemap: Basemap) {
    this.pick = makeScalePicker(basemap.scales);
    this.indexes = basemap.scales.map(() => undefined);
  }

  /** The shapes of a tile, in world-wrapped coordinates; slicing happens here, so this is the part that takes time. */
  tile(address: TileAddress): TileShapes {
    const number = this.pick(address);
    const scale = this.basemap.scales[number];
    if (!scale) return {};
    const index = (this.indexes[number] ??= sliceScale(scale));
    const shapes: TileShapes = {};
    for (const name of OBJECTS) {
      const tile = index[name]?.getTileRaw(address.z, address.x, address.y);
      const found = (tile?.features ?? []).flatMap((each): Shape[] =>
        each.type === 2 || each.type === 3 ? [{ id: String(each.id ?? ""), rings: each.geometry }] : [],
      );
      if (found.length) shapes[name] = found;
    }
    return shapes;
  }
}

function sliceScale(scale: Scale): Index {
  const index: Index = {};
  // Detail is kept to the last zoom that this scale serves; closer tiles are cut from there on demand.
  const maxZoom = Math.min(18, Math.ceil(scale.minZoom) + 8);
  for (const name of OBJECTS) {
    const object = scale.topology.objects[name] as GeometryCollection | undefined;
    if (!object?.geometries.length) continue;
    const decoded = feature(scale.topology, object) as FeatureCollection;
    index[name] = new GeoJSONVT(decoded, { ...OPTIONS, maxZoom });
  }
  return index;
}
