/** The browser half of storymap for pages whose maps show areas and lines of their author's data, and no more of it. */
import "./main";
import { AreasLayer } from "./layers/areas";
import { LinesLayer } from "./layers/lines";
import { addLayers, type Table } from "./layers/table";

export const AREAS = {
  areas: (page) => new AreasLayer(page),
  lines: (page) => new LinesLayer(page),
} satisfies Partial<Table>;

addLayers(AREAS);
