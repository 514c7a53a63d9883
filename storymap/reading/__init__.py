"""Markdown and YAML to StorySource: as written, with a line for everything. Nothing here knows geography."""
