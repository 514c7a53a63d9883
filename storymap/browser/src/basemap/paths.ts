/** The canvas paths of a tile, made once from its geometry. */
import type { Ring, Slices, TileShapes } from "./slices";
import type { TileAddress } from "./scales";

export interface TilePaths {
  land?: Path2D;
  lakes?: Path2D;
  rivers?: Path2D;
  regions?: Path2D;
  borders?: Path2D;
  coast?: Path2D;
  shores?: Path2D;
  countries: Map<string, Path2D>;
}

/** More tiles than a long flight needs; the oldest are forgotten. */
const MOST = 600;

export class PathStore {
  private readonly tiles = new Map<string, TilePaths>();

  constructor(private readonly slices: Slices) {}

  get(address: TileAddress): TilePaths {
    const key = `${address.z}/${address.x}/${address.y}`;
    let paths = this.tiles.get(key);
    if (!paths) {
      paths = makePaths(this.slices.slice(address));
      this.tiles.set(key, paths);
      if (this.tiles.size > MOST) this.tiles.delete(this.tiles.keys().next().value as string);
    }
    return paths;
  }
}

function makePaths({ rings, countries }: TileShapes): TilePaths {
  const paths: TilePaths = { countries: new Map() };
  if (rings.land) paths.land = areaPath(rings.land);
  if (rings.lakes) paths.lakes = areaPath(rings.lakes);
  if (rings.shores) paths.shores = linePath(rings.shores);
  if (rings.rivers) paths.rivers = linePath(rings.rivers);
  if (rings.regions) paths.regions = linePath(rings.regions);
  if (rings.borders) paths.borders = linePath(rings.borders);
  if (rings.coast) paths.coast = linePath(rings.coast);
  for (const [code, each] of countries) paths.countries.set(code, areaPath(each));
  return paths;
}

function areaPath(rings: readonly Ring[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    trace(path, ring);
    path.closePath();
  }
  return path;
}

function linePath(lines: readonly Ring[]): Path2D {
  const path = new Path2D();
  for (const line of lines) trace(path, line);
  return path;
}

function trace(path: Path2D, run: Ring): void {
  for (let index = 0; index < run.length; index += 2) {
    const x = run[index] as number;
    const y = run[index + 1] as number;
    if (index) path.lineTo(x, y);
    else path.moveTo(x, y);
  }
}
