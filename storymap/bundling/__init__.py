"""What is prepared when the package is built: browser bundle, basemap, gazetteer. Not in the wheel."""


class BundlingError(Exception):
    """The package cannot be prepared; the message is one sentence or two for the person who builds it."""
