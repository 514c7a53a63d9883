from folium import Circle


def decorate(map, story):
    """Add nothing from elsewhere."""
    Circle((50, 14)).add_to(map)
