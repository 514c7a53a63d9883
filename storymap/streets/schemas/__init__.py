"""Schemas of vector tiles: what their layers and columns are called, each in a file, said in tags of OpenStreetMap."""
