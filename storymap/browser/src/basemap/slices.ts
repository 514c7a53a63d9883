/** The geometry of one tile: a scale's topology is decoded and sliced the first time that a tile of it is wanted. */
import GeoJSONVT from "geojson-vt";
import { feature } from "topojson-client";
import type { FeatureCollection } from "geojson";
import type { GeometryCollection } from "topojson-specification";
import { unpackTopology } from "./arcs";
import type { Basemap, Scale } from "./contract";
import { makeScalePicker, type TileAddress } from "./scales";

/** A tile's edge in the coordinates of its geometry. */
export const EXTENT = 4096;

/** The objects of a topology. */
export const OBJECTS = ["land", "highlights", "lakes", "regions", "borders", "rivers", "coast", "shores"] as const;
export type ObjectName = (typeof OBJECTS)[number];

/** A run of x, y in tile coordinates. */
export type Ring = ArrayLike<number>;

/** What a tile holds: rings and lines by object, filled countries by their code. */
export interface TileShapes {
  rings: Partial<Record<ObjectName, Ring[]>>;
  countries: Map<string, Ring[]>;
}

type Index = Partial<Record<ObjectName, GeoJSONVT>>;

const OPTIONS = {
  extent: EXTENT,
  buffer: 64, // tiles overlap by this much, so that no seam shows between them
  tolerance: 2, // what is baked has been simplified for its scale already
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

  /** The shapes of a tile; slicing happens here, so this is the part that takes time. */
  slice(address: TileAddress): TileShapes {
    const shapes: TileShapes = { rings: {}, countries: new Map() };
    const number = this.pick(address);
    const scale = this.basemap.scales[number];
    if (!scale) return shapes;
    const index = (this.indexes[number] ??= sliceScale(scale));
    for (const name of OBJECTS) {
      const tile = index[name]?.getTileRaw(address.z, address.x, address.y);
      for (const each of tile?.features ?? []) {
        if (each.type !== 2 && each.type !== 3) continue;
        if (name === "highlights") shapes.countries.set(String(each.id), each.geometry);
        else (shapes.rings[name] ??= []).push(...each.geometry);
      }
    }
    return shapes;
  }
}

function sliceScale(scale: Scale): Index {
  const index: Index = {};
  const topology = unpackTopology(scale);
  // Detail is kept to well beyond the zooms that this scale serves; closer tiles are cut from there on demand.
  const maxZoom = Math.min(18, Math.ceil(scale.minZoom) + 8);
  for (const name of OBJECTS) {
    const object = topology.objects[name] as GeometryCollection | undefined;
    if (!object?.geometries.length) continue;
    const decoded = feature(topology, object) as FeatureCollection;
    index[name] = new GeoJSONVT(decoded, { ...OPTIONS, maxZoom });
  }
  return index;
}
