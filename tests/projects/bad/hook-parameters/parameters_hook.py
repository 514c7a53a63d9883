def decorate(map):
    """Take the map alone."""
