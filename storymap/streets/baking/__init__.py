"""Bake the ground at street level: features and the views of a story → `storymap.model.streets.Streets`."""
