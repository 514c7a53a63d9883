"""The drawn map: baked to a story's views, labelled, and drawn as an SVG still."""
