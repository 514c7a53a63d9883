"""Where the names of oceans and seas stand, and from which zoom to which: a table of our own, read by hand off the map."""

from __future__ import annotations

WATERS = (
    # lon, lat, name, first zoom, last zoom. An ocean is named in each of its parts, so that a closer view has its name.
    (-30.0, 28.0, "Atlantic Ocean", 1.0, 4.0), (-18.0, -22.0, "Atlantic Ocean", 1.0, 4.0),
    (-150.0, 25.0, "Pacific Ocean", 1.0, 4.0), (-125.0, -28.0, "Pacific Ocean", 1.0, 4.0),
    (160.0, 22.0, "Pacific Ocean", 1.0, 4.0), (78.0, -22.0, "Indian Ocean", 1.0, 4.0),
    (-20.0, 78.5, "Arctic Ocean", 2.6, 4.0), (150.0, 79.0, "Arctic Ocean", 1.6, 4.0),
    (20.0, -62.0, "Southern Ocean", 1.6, 4.0), (-120.0, -64.0, "Southern Ocean", 1.6, 4.0),
    (-45.0, 44.0, "Atlantic Ocean", 4.0, 6.0), (-66.0, 36.0, "Atlantic Ocean", 4.0, 7.0),
    (-13.5, 46.0, "Atlantic Ocean", 4.0, 6.0), (-135.0, 40.0, "Pacific Ocean", 4.0, 6.0),
    (145.5, 36.0, "Pacific Ocean", 4.0, 6.0), (-80.0, -18.0, "Pacific Ocean", 4.0, 6.0),
    (3.2, 56.3, "North Sea", 3.4, 7.5), (19.3, 57.6, "Baltic Sea", 4.0, 8.0), (18.0, 37.2, "Mediterranean Sea", 2.6, 5.2),
    (5.5, 40.3, "Mediterranean Sea", 5.2, 7.5), (28.5, 33.3, "Mediterranean Sea", 5.2, 7.5),
    (34.0, 43.3, "Black Sea", 3.2, 7.5), (50.8, 41.8, "Caspian Sea", 3.4, 7.5), (37.7, 21.3, "Red Sea", 3.6, 7.5),
    (63.0, 15.5, "Arabian Sea", 2.6, 5.5), (88.0, 14.0, "Bay of Bengal", 2.6, 5.5), (114.0, 14.0, "South China Sea", 2.8, 6.0),
    (124.5, 29.3, "East China Sea", 3.6, 7.0), (123.3, 36.0, "Yellow Sea", 4.0, 7.5), (134.5, 40.0, "Sea of Japan", 3.4, 7.0),
    (149.5, 54.0, "Sea of Okhotsk", 2.8, 6.0), (-178.0, 58.0, "Bering Sea", 2.6, 6.0), (134.5, 17.5, "Philippine Sea", 3.0, 5.5),
    (156.0, -16.5, "Coral Sea", 2.8, 5.5), (160.0, -38.5, "Tasman Sea", 2.6, 5.5), (134.5, -10.2, "Arafura Sea", 4.0, 7.0),
    (112.0, -5.2, "Java Sea", 4.2, 7.0), (122.5, 3.6, "Celebes Sea", 4.2, 7.0), (127.0, -5.6, "Banda Sea", 4.2, 7.0),
    (-90.0, 25.3, "Gulf of Mexico", 3.0, 6.5), (-75.0, 14.8, "Caribbean Sea", 3.0, 6.0), (-85.0, 60.0, "Hudson Bay", 2.8, 6.0),
    (-57.0, 57.5, "Labrador Sea", 3.0, 6.0), (-67.0, 73.5, "Baffin Bay", 3.0, 6.0), (-146.0, 57.5, "Gulf of Alaska", 3.2, 6.0),
    (-143.0, 72.5, "Beaufort Sea", 3.0, 6.0), (-6.0, 73.5, "Greenland Sea", 2.8, 6.0), (2.0, 66.5, "Norwegian Sea", 3.0, 6.0),
    (40.0, 74.5, "Barents Sea", 2.6, 6.0), (68.0, 77.0, "Kara Sea", 2.8, 6.0), (122.0, 76.0, "Laptev Sea", 2.8, 6.0),
    (165.0, 72.5, "East Siberian Sea", 2.8, 6.0), (-170.0, 70.0, "Chukchi Sea", 3.0, 6.0), (38.5, 65.9, "White Sea", 5.0, 8.0),
    (-5.0, 45.3, "Bay of Biscay", 4.0, 7.5), (-1.5, 50.1, "English Channel", 5.4, 8.5), (-5.2, 53.6, "Irish Sea", 5.4, 8.5),
    (-7.0, 50.2, "Celtic Sea", 5.0, 7.5), (12.2, 40.2, "Tyrrhenian Sea", 5.0, 8.0), (15.6, 42.9, "Adriatic Sea", 4.8, 8.0),
    (19.0, 38.3, "Ionian Sea", 5.0, 8.0), (25.1, 38.9, "Aegean Sea", 5.0, 8.0), (27.9, 40.7, "Sea of Marmara", 7.0, 10.0),
    (36.6, 46.1, "Sea of Azov", 5.6, 8.5), (19.6, 62.0, "Gulf of Bothnia", 4.8, 8.0), (26.0, 59.8, "Gulf of Finland", 6.0, 9.0),
    (51.3, 27.0, "Persian Gulf", 4.4, 8.0), (58.5, 24.8, "Gulf of Oman", 5.0, 8.0), (47.5, 12.3, "Gulf of Aden", 4.4, 8.0),
    (2.5, 1.5, "Gulf of Guinea", 3.2, 6.0), (40.8, -18.5, "Mozambique Channel", 4.0, 7.0), (101.0, 10.0, "Gulf of Thailand", 5.0, 8.0),
    (107.6, 19.6, "Gulf of Tonkin", 5.4, 8.0), (119.5, 24.3, "Taiwan Strait", 5.6, 8.5), (119.6, 38.7, "Bohai Sea", 5.4, 8.5),
    (96.0, 10.5, "Andaman Sea", 4.2, 7.0), (131.0, -34.5, "Great Australian Bight", 3.8, 6.5), (-62.0, 48.2, "Gulf of St. Lawrence", 5.4, 8.0),
    (-76.1, 37.8, "Chesapeake Bay", 8.0, 10.0), (-112.0, 28.0, "Gulf of California", 4.6, 7.5), (-60.0, -59.0, "Drake Passage", 3.2, 6.0),
    (-45.0, -73.0, "Weddell Sea", 2.8, 6.0), (-175.0, -75.5, "Ross Sea", 2.8, 6.0), (-57.5, -35.9, "Río de la Plata", 6.0, 9.0),
    (114.2, 21.6, "South China Sea", 7.5, 10.0), (153.5, -6.7, "Solomon Sea", 4.6, 7.5), (148.0, -3.6, "Bismarck Sea", 4.6, 7.5),
)  # fmt: skip
