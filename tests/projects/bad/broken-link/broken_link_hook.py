"""Writes links beside the map."""

from folium import Element


def decorate(map, story):
    """Lead to a page and to a step that are not there, and to one that is."""
    if story:
        links = '<a href="storry.html">a</a> <a href="#a-stp">b</a> <a href="#a-step">c</a>'
        map.get_root().html.add_child(Element(links))
