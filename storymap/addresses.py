"""Where every page, still, picture and asset of a site stands, and how one of them leads to another.

Everything that links asks here: an address is spelled once, and a way is found by `lead` alone. A path is relative to
the site's root and written plainly, with forward slashes; what `lead` gives is a relative URL, percent-encoded.
Addresses are stable: they are made of the names that authors gave, never of numbers.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

ATLAS = "index.html"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
ABOUT = "about.html"
CREDITS = "credits.html"
NOT_FOUND = "404.html"
CNAME = "CNAME"
GUIDE = "guide/"
PLUGINS = "assets/plugins/"
TILES = "assets/tiles/"

KEPT_WAYS = 16_384
"""Ways from a folder to a file that are kept: the pages of a site lead to the same places again and again."""


def sitemap_part(number: int) -> str:
    """One of the files that name the pages of a site, where one cannot name all, counted from 1."""
    return f"sitemap-{number}.xml"


def runtime_file(script: str) -> str:
    """The file with one of the scripts of pages."""
    return f"assets/{script}.js"


RUNTIME = runtime_file("storymap")
SHARING = runtime_file("sharing")
MEDIA = runtime_file("media")
VIEWER = runtime_file("viewer")
READING = runtime_file("reading")
STREETS = runtime_file("streets")


def font_file(name: str) -> str:
    """A file of a face that pages are set in."""
    return f"assets/fonts/{name}"


def search_file(script: str) -> str:
    """The file with one of the scripts of the search."""
    return f"assets/search/{script}.js"


SEARCH = search_file("search")


def search_text(story_id: str) -> str:
    """The script with the text of a story, which the search loads."""
    return f"assets/search/texts/{story_id}.js"


def lead(here: str, there: str, anchor: str = "") -> str:
    """The relative URL that leads from the page `here` to the file `there`, both as paths of the site.

    `anchor` is the id of a part of `there`. From a page to a part of itself it is the anchor alone.
    """
    part = f"#{quote(anchor)}" if anchor else ""
    if there == here and part:
        return part
    return _lead_from_folder(here.rpartition("/")[0], there) + part


def follow(here: str, url: str) -> str:
    """The file of the site that the relative `url` on the page `here` leads to; empty where it leads elsewhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))


def lead_from_site(url: str, there: str) -> str:
    """The URL of the file `there` of the site that stands at `url`; without one, as seen from the site's root."""
    return f"{url.rstrip('/')}/{quote(there)}" if url else f"./{quote(there)}"


def whole_address(url: str, there: str, anchor: str = "") -> str:
    """The whole URL of the file `there` of the site that stands at `url`; the first page of a folder is the folder."""
    folder, _, name = there.rpartition("/")
    path = quote(f"{folder}/" if folder else "") if name == "index.html" else quote(there)
    return f"{url.rstrip('/')}/{path}" + (f"#{quote(anchor)}" if anchor else "")


def edition_id(story_id: str, language: str) -> str:
    """The id of the edition of a story in `language`, a BCP 47 tag: that of the story and the tag, parted by a dot."""
    return f"{story_id}.{language.lower()}"


def split_edition(story_id: str) -> tuple[str, str]:
    """The id of the story that an edition is of, and the tag of its language; empty where the story is no edition."""
    original, _, language = story_id.partition(".")
    return original, language


def story_page(story_id: str) -> str:
    """The page of a story; that of an edition has the same name, in a folder of its language."""
    original, language = split_edition(story_id)
    return f"{language}/{original}.html" if language else f"{original}.html"


def atlas_page(language: str = "") -> str:
    """The first page of the site, or the one for readers of a language, by the tag that its editions have."""
    return f"{language}/{ATLAS}" if language else ATLAS


def front_page_id(folder: str, language: str = "") -> str:
    """The id of a collection: it names its front page in a folder of the site as the id of a story does its page."""
    return edition_id(f"{folder}/index", language) if language else f"{folder}/index"


def collection_folder(collection_id: str) -> str:
    """The folder of the site, whatever the language, in which the front page and the feeds of a collection stand."""
    return collection_id.partition("/")[0]


def split_home(home: str) -> str:
    """The tag in the addresses of pages for readers of a language, whose first page is `home`; empty for the site's."""
    return home.rpartition("/")[0]


def for_readers(readers: str, path: str) -> str:
    """The page at `path` for readers of a language, by the tag that the first page of theirs has; empty for the site's.

    That is how pages of places, tags and authors stand, which are there in every language that has a first page.
    """
    return f"{readers}/{path}" if readers else path


def place_page(place_id: str, readers: str = "") -> str:
    """The page of a place; `readers` are as in `for_readers`."""
    return for_readers(readers, f"places/{place_id}.html")


def step_still(story_id: str, step_id: str) -> str:
    """The still map of a step."""
    return f"stills/{story_id}/{step_id}.svg"


def story_still(story_id: str) -> str:
    """The still map that frames a whole story."""
    return f"stills/{story_id}.svg"


def card_still(story_id: str) -> str:
    """The small map on the card of a story; the dot keeps it apart from the stills of steps and of other stories."""
    return f"stills/{story_id}.card.svg"


def lead_still(story_id: str) -> str:
    """The wide map on the card of a story that leads a page."""
    return f"stills/{story_id}.lead.svg"


def tag_page(tag: str, readers: str = "") -> str:
    """The page of a tag; `readers` are as in `for_readers`."""
    return for_readers(readers, f"tags/{tag}.html")


def author_page(author: str, readers: str = "") -> str:
    """The page of an author, in the same way."""
    return for_readers(readers, f"authors/{author}.html")


def further_page(first: str, number: int) -> str:
    """Page `number`, from 1, of the list of stories whose first page is `first`."""
    if number == 1:
        return first
    folder, _, name = first.rpartition("/")
    stem = "page" if name == "index.html" else name.removesuffix(".html")
    return f"{folder}/{stem}/{number}.html" if folder else f"{stem}/{number}.html"


def list_still(page: str) -> str:
    """The still map of a page that lists stories."""
    return f"stills/{page.removesuffix('.html').replace('/', '.')}.svg"


def place_still(place_id: str, readers: str = "") -> str:
    """The still map of a place, with names for `readers` of a language as in `for_readers`."""
    return f"stills/places/{edition_id(place_id, readers) if readers else place_id}.svg"


def feed_file(language: str = "", collection: str = "") -> str:
    """The feed of all stories, or of those of a collection, or in a language, by its first subtag."""
    return (f"{collection}/" if collection else "") + (f"feed.{language}.xml" if language else "feed.xml")


def name_feed(first: str) -> str:
    """The feed of a tag or an author, beside the first page `first` of its stories."""
    return f"{first.removesuffix('.html')}.xml"


def story_index(first: str) -> str:
    """The script with all stories of the list whose first page is `first`."""
    return f"assets/{'.'.join(('stories', *first.split('/')[:-1]))}.js"


def list_card(first: str) -> str:
    """The picture that stands for the list whose first page is `first` where a link to it is shown."""
    *folders, name = first.removesuffix(".html").split("/")
    return f"cards/{'.'.join((name, *folders) if name == 'index' else (*folders, name))}.png"


def story_card(story_id: str) -> str:
    """The picture that stands for a story where a link to it is shown."""
    return f"cards/{story_id}.png"


def page_code(story_id: str) -> str:
    """The QR code with the whole address of a story's page, which stands on paper."""
    return f"stills/{story_id}.code.svg"


def step_card(story_id: str, step_id: str) -> str:
    """The same of a step."""
    return f"cards/{story_id}/{step_id}.png"


def place_card(place_id: str, readers: str = "") -> str:
    """The same of a place."""
    return f"cards/places/{edition_id(place_id, readers) if readers else place_id}.png"


def oembed_file(story_id: str) -> str:
    """What tells programs how to show a story within a page of somebody else."""
    return f"oembed/{story_id}.json"


def guide_page(name: str) -> str:
    """A chapter of the guide for authors; its contents page is called "index"."""
    return f"{GUIDE}{name}.html"


def licence_file(name: str) -> str:
    """The text of a licence."""
    return f"licenses/{name}"


def hook_file(name: str) -> str:
    """The copy called `name` of what a map hook loads."""
    return f"assets/hook/{name}"


def plugin_file(name: str) -> str:
    """The file called `name` of a plugin that the package carries."""
    return f"{PLUGINS}{name}"


def media_file(path: str) -> str:
    """The published copy of the picture, or other file, at `path` in the project's `stories` folder.

    Of a HEIC, which few browsers show, that is a JPEG.
    """
    return f"media/{path}{'.jpg' if path.lower().endswith(('.heic', '.heif')) else ''}"


def picture_copy(path: str, width: int) -> str:
    """The copy, `width` pixels wide, of the picture at `path` in the project's `stories` folder."""
    return f"pictures/{path}/{width}.webp"


def tile_file(name: str) -> str:
    """The tile called `name`, of those that lie in the project; every map of the site finds it there."""
    return f"{TILES}{name}"


def download_file(story_id: str, ending: str) -> str:
    """The places of a story in a format of others; `ending` is that of its files: `.geojson`."""
    return f"downloads/{story_id}{ending}"


@lru_cache(maxsize=KEPT_WAYS)
def _lead_from_folder(folder: str, there: str) -> str:
    """The relative URL that leads from any page in `folder`, which is empty for the site's root."""
    folders, names = folder.split("/") if folder else [], there.split("/")
    shared = 0
    while shared < min(len(folders), len(names) - 1) and folders[shared] == names[shared]:
        shared += 1
    return "../" * (len(folders) - shared) + quote("/".join(names[shared:]))
