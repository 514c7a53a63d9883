"""What is prepared when the package is built: browser bundle, basemap, gazetteer. Not in the wheel."""
