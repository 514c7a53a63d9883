/** The browser half of storymap for pages whose maps show data of their author's own, or tell a story on a picture. */
import * as L from "leaflet";
import "./main";
import { AreasLayer } from "./layers/areas";
import { makeBackdrop } from "./layers/backdrop";
import { BranchesLayer } from "./layers/branches";
import { CloudLayer } from "./layers/clouds";
import { LinesLayer } from "./layers/lines";
import { PointsLayer } from "./layers/points";
import { addLayers, type Table } from "./layers/table";

export const DATA_LAYERS = {
  backdrop: makeBackdrop,
  areas: (page) => new AreasLayer(page),
  lines: (page) => new LinesLayer(page),
  branches: (page) => new BranchesLayer(page),
  points: (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]),
} satisfies Partial<Table>;

addLayers(DATA_LAYERS);
