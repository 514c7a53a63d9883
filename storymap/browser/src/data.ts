/** The browser half of storymap for pages whose maps show data, pictures or recorded ways of their author's own. */
import * as L from "leaflet";
import "./main";
import { AreasLayer } from "./layers/areas";
import { makeBackdrop } from "./layers/backdrop";
import { BranchesLayer } from "./layers/branches";
import { CloudLayer } from "./layers/clouds";
import { CompareLayer } from "./layers/compare";
import { ImageLayer } from "./layers/image";
import { LinesLayer } from "./layers/lines";
import { PointsLayer } from "./layers/points";
import { addLayers, type Table } from "./layers/table";
import { makeTileset } from "./layers/tileset";
import { TrackLayer } from "./layers/track";

export const DATA_LAYERS = {
  backdrop: makeBackdrop,
  tileset: makeTileset,
  image: (page) => new ImageLayer(page),
  track: (page) => new TrackLayer(page),
  compare: (page) => new CompareLayer(page),
  areas: (page) => new AreasLayer(page),
  lines: (page) => new LinesLayer(page),
  branches: (page) => new BranchesLayer(page),
  points: (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]),
} satisfies Partial<Table>;

addLayers(DATA_LAYERS);
