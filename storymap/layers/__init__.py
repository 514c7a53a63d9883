"""One file per kind of layer: how a value of `storymap.model.layer` is drawn for whoever reads the map."""
