"""A scene drawn: as the browser's payload, as a still picture, in words, as a Folium map."""
