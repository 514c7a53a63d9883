"""Story maps from Markdown: a folder of stories becomes a static site of linked Folium maps."""

__version__ = "0.1.0"
