"""Where things are: gazetteer, coordinates, bounds across 180°, geodesics, views. Nothing here knows Markdown."""
