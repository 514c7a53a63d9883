"""Picture tiles of the author's own: a folder of them or an archive in the project, read without any network."""
