"""Look into a project before its readers do: what is likely a mistake though a site can be built of it."""
