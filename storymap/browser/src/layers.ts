/** The browser half of storymap with every kind of layer that needs no more of Leaflet than ours do: tiles of the author's own, too. */
import { AREAS } from "./areas";
import { PICTURES } from "./data";
import { makeBackdrop } from "./layers/backdrop";
import { ImageLayer } from "./layers/image";
import { addLayers, type Table } from "./layers/table";
import { makeSheet, makeTileset } from "./layers/tileset";
import { POINTS } from "./points";
import { WAYS } from "./ways";

export const OWN_LAYERS = {
  ...WAYS,
  ...AREAS,
  ...POINTS,
  ...PICTURES,
  image: (page) => new ImageLayer(page, makeSheet),
  backdrop: makeBackdrop,
  tileset: makeTileset,
} satisfies Partial<Table>;

addLayers(OWN_LAYERS);
