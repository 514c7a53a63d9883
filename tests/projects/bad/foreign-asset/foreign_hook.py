from branca.element import JavascriptLink


def decorate(map, story):
    """Load a script from elsewhere."""
    map.get_root().header.add_child(JavascriptLink("https://example.org/extra.js"))
