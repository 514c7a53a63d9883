"""Whose data the basemap is drawn from, as it is credited on every map and on a site's about page."""

from __future__ import annotations

CREDITS = ("Natural Earth", "GeoNames (CC BY 4.0)")
"""Natural Earth is in the public domain and asks for nothing; GeoNames asks to be named."""
