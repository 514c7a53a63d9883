/** The browser half of storymap for pages whose maps show data of their author's own. */
import * as L from "leaflet";
import "./main";
import { AreasLayer } from "./layers/areas";
import { CloudLayer } from "./layers/clouds";
import { LinesLayer } from "./layers/lines";
import { PointsLayer } from "./layers/points";
import { LAYERS } from "./layers/table";

LAYERS.areas = (page) => new AreasLayer(page);
LAYERS.lines = (page) => new LinesLayer(page);
LAYERS.points = (page) => L.layerGroup([new CloudLayer(page), new PointsLayer(page)]);
