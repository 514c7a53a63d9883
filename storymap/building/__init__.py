"""From a project to a site: what has to be made, made, and written whole or not at all."""
