/** The browser half of storymap for pages whose maps show points of their author's data: many are put together, few stand alone. */
import * as L from "leaflet";
import "./areas";
import { CloudLayer } from "./layers/clouds";
import { PointsLayer } from "./layers/points";
import { addLayers, type Table } from "./layers/table";

export const POINTS = {
  points: (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]),
} satisfies Partial<Table>;

addLayers(POINTS);
