/** The browser half of storymap for pages whose maps show data of their author's own. */
import * as L from "leaflet";
import "./main";
import { AreasLayer } from "./layers/areas";
import { BranchesLayer } from "./layers/branches";
import { CloudLayer } from "./layers/clouds";
import { LinesLayer } from "./layers/lines";
import { PointsLayer } from "./layers/points";
import { addLayers, type Table } from "./layers/table";

export const DATA_LAYERS = {
  areas: (page) => new AreasLayer(page),
  lines: (page) => new LinesLayer(page),
  branches: (page) => new BranchesLayer(page),
  points: (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]),
} satisfies Partial<Table>;

addLayers(DATA_LAYERS);
