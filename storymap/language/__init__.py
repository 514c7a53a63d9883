"""How a site speaks: interface words, dates, numbers, distances, countries and directions in a reader's language."""
