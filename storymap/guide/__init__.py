"""The guide for authors: chapters in Markdown, and the reference, which `python -m storymap.guide` makes."""
