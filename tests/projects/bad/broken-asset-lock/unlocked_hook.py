def decorate(map, story):
    """Add nothing."""
