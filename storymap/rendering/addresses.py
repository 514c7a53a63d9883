"""Where every page, still, picture and asset of a site stands, relative to the site's root.

Everything that links to a page asks here, so that an address is spelled once. Addresses are stable: they are made of
the names that authors gave, never of numbers.
"""

from __future__ import annotations

from urllib.parse import quote

from storymap.model import Place

ATLAS = "index.html"
ABOUT = "about.html"
NOT_FOUND = "404.html"
RUNTIME = "assets/storymap.js"
ATLAS_STILL = "stills/index.svg"
GUIDE = "guide/"


def story_page(story_id: str) -> str:
    """The page of a story."""
    return f"{story_id}.html"


def step_anchor(story_id: str, step_id: str) -> str:
    """A step on its story's page."""
    return f"{story_page(story_id)}#{quote(step_id)}"


def place_page(place: Place) -> str:
    """The page of a place."""
    return f"places/{place.id}.html"


def step_still(story_id: str, step_id: str) -> str:
    """The still map of a step."""
    return f"stills/{story_id}/{step_id}.svg"


def story_still(story_id: str) -> str:
    """The still map that frames a whole story."""
    return f"stills/{story_id}.svg"


def place_still(place: Place) -> str:
    """The still map of a place."""
    return f"stills/places/{place.id}.svg"


def guide_page(name: str) -> str:
    """A chapter of the guide for authors; its contents page is called "index"."""
    return f"{GUIDE}{name}.html"


def media_file(path: str) -> str:
    """The published copy of the picture, or other file, at `path` in the project's `stories` folder."""
    return f"media/{path}"
