"""A resolved story becomes Folium maps and HTML pages."""
