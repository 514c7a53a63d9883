"""What a story means: frozen values that every later stage reads and none changes.

What an author typed lives in `storymap.reading.source`; here everything is settled, and nothing is optional "until
later". Coordinates are longitude then latitude, in degrees of WGS 84; bounds are west, south, east, north.
"""
