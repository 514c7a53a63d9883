"""Names to places: the project's own, and the world's."""
