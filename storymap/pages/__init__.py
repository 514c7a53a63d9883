"""The pages of a site: one file per kind of page."""
