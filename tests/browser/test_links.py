"""Every link leads somewhere: those of pages and those that scripts make, at a root, below a folder and from disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.checking.page import read_page
from storymap.errors import Report
from storymap.project import load_project

pytestmark = pytest.mark.browser
LINKS = Path(__file__).parents[1] / "projects" / "good" / "links"
COLLECT = """() => {
  const data = document.getElementById("storymap-data");
  const payload = data ? JSON.parse(data.textContent) : { places: [], about: "" };
  const pages = [...payload.places, ...(payload.stories ?? [])];
  const made = pages.map(({ url }) => url).concat(payload.about).filter(Boolean);
  const list = (query, name) => [...document.querySelectorAll(query)].map((element) => element.getAttribute(name));
  const written = list("a[href], area[href], link[href]", "href").concat(list("img[src], script[src]", "src"));
  return [...new Set([...made, ...written])].map((address) => new URL(address, document.baseURI).href);
}"""


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good project whose stories link each other in many ways, with names of many scripts, built and written."""
    folder = tmp_path_factory.mktemp("linked") / "site"
    project = load_project(LINKS)
    write_site(build_site(project, report=Report()), folder, project=project)
    return folder


@pytest.mark.parametrize(("built", "links"), [("site", 600), ("linked", 60), ("deployed", 40)])
def test_every_link_leads_to_a_file_of_the_site_and_to_a_part_of_it(
    built: str, links: int, request: pytest.FixtureRequest
) -> None:
    """As the pages are written; what scripts make of them is looked at in a browser."""
    folder: Path = request.getfixturevalue(built)
    base = "https://walks.invalid/repository/"  # a link that leads right in a folder does so at the top and from disk
    followed = 0
    for path in list_pages(folder):
        followed += follow(folder, base, path, list_written(folder / path))
    assert followed > links


@pytest.mark.parametrize("place", ["/repository/", "disk"])
@pytest.mark.parametrize("built", ["site", "linked", "deployed"])
def test_every_link_that_a_browser_sees_leads_to_a_part_of_the_site(
    built: str,
    place: str,
    request: pytest.FixtureRequest,
    serve: Callable[[Path, str], str],
    open_page: Callable[..., tuple[Page, object]],
) -> None:
    """On all pages at the top of the site, and on one of each folder, which are alike."""
    folder: Path = request.getfixturevalue(built)
    base = f"{folder.as_uri()}/" if place == "disk" else serve(folder, place)
    page, _ = open_page()
    folders = [""]
    for path in list_pages(folder):
        within = path.rpartition("/")[0]
        if within and within in folders:
            continue
        folders.append(within)
        page.goto(base + path)
        if page.locator("#storymap-data").count():
            page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        assert page.locator("h1").count() == 1, path
        assert follow(folder, base, path, page.evaluate(COLLECT)) > 3  # the page of credits has the fewest
    assert len(folders) > 1


@pytest.mark.parametrize("place", ["/repository/", "disk"])
def test_an_earlier_address_leads_on_to_the_step(
    place: str, linked: Path, serve: Callable[[Path, str], str], open_page: Callable[..., tuple[Page, object]]
) -> None:
    base = f"{linked.as_uri()}/" if place == "disk" else serve(linked, place)
    page, _ = open_page()
    page.goto(f"{base}old-mill.html#the-flood")
    page.wait_for_url("**/mill.html#the-flood")
    page.goto(f"{base}places/stary-mlyn.html")
    page.wait_for_url("**/places/mill.html")


@pytest.mark.parametrize("place", ["/repository/", "disk"])
def test_an_earlier_address_leads_on_without_script(
    place: str, linked: Path, serve: Callable[[Path, str], str], open_page: Callable[..., tuple[Page, object]]
) -> None:
    base = f"{linked.as_uri()}/" if place == "disk" else serve(linked, place)
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{base}old-mill.html")
    page.wait_for_url("**/mill.html")
    page.goto(f"{base}places/stary-mlyn.html")
    page.wait_for_url("**/places/mill.html")


def follow(folder: Path, base: str, path: str, addresses: Iterable[str]) -> int:
    """How many addresses of a page lead into the site in `folder`, which stands at `base`; each must lead somewhere."""
    followed = 0
    for written in addresses:
        address = urljoin(base + quote(path), written)
        if not address.startswith(("http", "file:")) or urlsplit(address).netloc != urlsplit(base).netloc:
            continue
        assert address.startswith(base), f"{path} leads out of the site, to {address}"
        target = unquote(urlsplit(address).path[len(urlsplit(base).path) :])
        assert (folder / target).is_file(), f"{path} leads to {target}, which is not there"
        anchor = unquote(urlsplit(address).fragment)
        assert not anchor or anchor in ids_of(folder / target), f"{path} leads to no part of {target}: #{anchor}"
        followed += 1
    return followed


def list_written(file: Path) -> frozenset[str]:
    """The addresses that a page has, and those of its data, of which scripts make links."""
    text = file.read_text(encoding="utf-8")
    found = re.search(r'<script [^>]*id="storymap-data"[^>]*>(.*?)</script>', text, re.DOTALL)
    data = json.loads(found[1]) if found else {"places": []}
    made = [page.get("url") for page in (*data["places"], *data.get("stories", ()))]
    return frozenset(filter(None, (*made, data.get("about"), *read_page(text).addresses)))


def list_pages(folder: Path) -> Iterator[str]:
    """The pages of a site but its 404.html, which is shown at every address, and pages that lead on at once."""
    for file in sorted(folder.rglob("*.html")):
        moved = 'http-equiv="refresh"' in file.read_text(encoding="utf-8")
        if file.name != "404.html" and not moved:
            yield file.relative_to(folder).as_posix()


@cache
def ids_of(file: Path) -> frozenset[str]:
    """The ids of a page."""
    return frozenset(read_page(file.read_text(encoding="utf-8")).ids)
