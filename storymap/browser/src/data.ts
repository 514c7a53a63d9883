/** The browser half of storymap for pages whose maps show data of their author's that are no points, pictures on the ground, and ways. */
import "./areas";
import "./ways";
import { CompareLayer } from "./layers/compare";
import { ImageLayer } from "./layers/image";
import { addLayers, type Table } from "./layers/table";

export const PICTURES = {
  image: (page) => new ImageLayer(page),
  compare: (page) => new CompareLayer(page),
} satisfies Partial<Table>;

addLayers(PICTURES);
