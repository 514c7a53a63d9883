"""Every kind of page, wide and narrow, light and dark, passes axe-core without a violation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

PAGES = (
    "index.html",
    "declaration.html",
    "date-line.html",
    "huawei-dispute.html",
    "list-that-grew.html",
    "places/prague.html",
    "about.html",
    "404.html",
    "guide/index.html",
    "guide/places.html",
    "guide/commands.html",
)

WIDE_PAGES = ("index.html", "wide.html", "places/prague.html", "places/vienna.html")


STORY = """---
title: Wide
routes: {North: [Prague, Berlin], South: [Prague, Vienna]}
---
Text.

## One
place: [Prague, Vienna, Berlin]
date: 2020-05-06

| A wide head of a table | A wide head of a table | A wide head of a table | A wide head of a table |
| --- | --- | --- | --- |
| A_long_word_in_a_table | A_long_word_in_a_table | A_long_word_in_a_table | A_long_word_in_a_table |

```python
print("a long line of code that does not fit into a column of forty rems at all, and never will, on any screen")
```

- [x] done
- [ ] open

Notes.[^1][^2] And again.[^1]

[^1]: One.
[^2]: Two.
"""

SETTINGS = """title = "Wide"

[categories.town]
symbol = "town"
color = "#7a3b8f"

[categories.capital]
color = "#1f6f4a"
"""

TOWNS = """name,lat,lon,category
Prague,50.088,14.421,town
Vienna,48.208,16.372,capital
"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all that is wide, small or ticked in a story, and with places that have a category."""
    root = tmp_path_factory.mktemp("wide")
    (root / "stories").mkdir()
    (root / "geo").mkdir()
    (root / "storymap.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "geo" / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (root / "stories" / "wide.md").write_text(STORY, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_page_violates_a_rule(
    site: Path,
    wide: Path,
    single_files: Path,
    in_form: Callable[..., Path],
    open_page: Callable[..., tuple[Page, Any]],
    find_violations: Callable[..., list[str]],
    size: tuple[int, int],
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    alone = (single_files / "declaration.html", in_form("single files", wide) / "wide.html")
    for path in (*(site / name for name in PAGES), *(wide / name for name in WIDE_PAGES), *alone):
        page.goto(path.as_uri())
        if page.locator(".map-window").count():
            page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        assert find_violations(page, in_both_schemes=True) == [], path


@pytest.mark.parametrize("form", ["site", "single files"])
def test_a_table_that_scrolls_is_reached_by_keyboard_and_one_that_fits_is_not(
    wide: Path, in_form: Callable[..., Path], open_page: Callable[..., tuple[Page, Any]], form: str
) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844})
    page.goto((in_form(form, wide) / "wide.html").as_uri())
    page.wait_for_selector(".prose table[tabindex='0']")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(
        "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('.prose table { font-size: 4px !important; }');"
        " document.adoptedStyleSheets = [sheet]; }"
    )
    page.wait_for_selector(".prose table:not([tabindex])")
