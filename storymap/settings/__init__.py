"""What a site can be told in `storymap.toml`, or below `[tool.storymap]` in `pyproject.toml`."""
