"""Every link leads somewhere: those of pages and those that scripts make, at a root, below a folder and from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
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


@pytest.mark.parametrize("place", ["/repository/", "disk"])  # a link that leads right in a folder does so at the top
@pytest.mark.parametrize(("built", "links"), [("site", 60), ("linked", 60), ("deployed", 40)])
def test_every_link_leads_to_a_file_of_the_site_and_to_a_part_of_it(
    built: str,
    links: int,
    place: str,
    request: pytest.FixtureRequest,
    serve: Callable[[Path, str], str],
    open_page: Callable[..., tuple[Page, object]],
) -> None:
    folder: Path = request.getfixturevalue(built)
    base = f"{folder.as_uri()}/" if place == "disk" else serve(folder, place)
    page, _ = open_page()
    followed = 0
    for path in list_pages(folder):
        page.goto(base + path)
        if page.locator("#storymap-data").count():
            page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        assert page.locator("h1").count() == 1, path
        for address in page.evaluate(COLLECT):
            if not address.startswith(("http", "file:")) or urlsplit(address).netloc != urlsplit(base).netloc:
                continue
            assert address.startswith(base), f"{path} leads out of the site, to {address}"
            target = unquote(urlsplit(address).path[len(urlsplit(base).path) :])
            assert (folder / target).is_file(), f"{path} leads to {target}, which is not there"
            anchor = unquote(urlsplit(address).fragment)
            assert not anchor or anchor in ids_of(folder / target), f"{path} leads to no part of {target}: #{anchor}"
            followed += 1
    assert followed > links


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


def list_pages(folder: Path) -> Iterator[str]:
    """The pages of a site but its 404.html, which is shown at every address, and pages that lead on at once."""
    for file in sorted(folder.rglob("*.html")):
        moved = 'http-equiv="refresh"' in file.read_text(encoding="utf-8")
        if file.name != "404.html" and not moved:
            yield file.relative_to(folder).as_posix()


@cache
def ids_of(file: Path) -> frozenset[str]:
    """The ids of a page."""
    from storymap.checking.page import read_page

    return frozenset(read_page(file.read_text(encoding="utf-8")).ids)
