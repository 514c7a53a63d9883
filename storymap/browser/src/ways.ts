/** The browser half of storymap for pages whose maps show recorded ways, or ways that stand for a line, and no more of their author's. */
import "./main";
import { BranchesLayer } from "./layers/branches";
import { addLayers, type Table } from "./layers/table";
import { TrackLayer } from "./layers/track";

export const WAYS = {
  track: (page) => new TrackLayer(page),
  branches: (page) => new BranchesLayer(page),
} satisfies Partial<Table>;

addLayers(WAYS);
