"""The kinds of layers by their tags, in the order in which they lie on one another."""

DATA_KINDS = ("areas", "lines", "points")
"""Those of the author's own data."""

KINDS = ("tiles", "highlight", "image", "areas", "lines", "points", "track", "route", "markers", "compare")
"""The lowest first. Each is the name of a file here and of one in `browser/src/layers`."""
