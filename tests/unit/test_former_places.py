"""A place that was renamed is found at its old address, as long as its old name is one of its aliases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.errors import Report
from storymap.project import load_project


def build(folder: Path, **aliases: list[str]) -> dict[str, bytes]:
    """A site with a story that goes to each of the places that are named, which are also called by their aliases."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name.replace("_", " "), "aliases": others},
            "geometry": {"type": "Point", "coordinates": [14.5 + number / 10, 50.1]},
        }
        for number, (name, others) in enumerate(aliases.items())
    ]
    steps = "".join(f"## At {name}\nplace: {name.replace('_', ' ')}\n\nText.\n\n" for name in aliases)
    for name, text in {
        "geo/places.geojson": json.dumps({"type": "FeatureCollection", "features": features}),
        "stories/a.md": f"---\ntitle: A\n---\n\n{steps}## Far\nplace: CZ\n\nText.\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return build_site(load_project(folder), report=Report())


def list_places(site: dict[str, bytes]) -> set[str]:
    return {path for path in site if path.startswith("places/")}


def test_the_page_of_a_place_is_found_under_its_old_name(tmp_path: Path) -> None:
    before = build(tmp_path, Old_Mill=[])
    after = build(tmp_path, Mühle_am_Bach=["Old Mill"])
    assert "places/old-mill.html" in before
    assert list_places(after) >= {"places/muhle-am-bach.html", "places/old-mill.html"}
    page = after["places/old-mill.html"].decode()
    assert 'url=muhle-am-bach.html"' in page
    assert "Mühle am Bach" in page
    assert b"old-mill" not in after["places/muhle-am-bach.html"]


@pytest.mark.parametrize(
    ("aliases", "pages"),
    [
        ({"Mill": ["mill", "MILL", "!!!"]}, {"mill"}),
        ({"Mill": ["Bridge"], "Bridge": []}, {"mill", "bridge"}),
        ({"Mill": ["Ford"], "Bridge": ["Ford"]}, {"mill", "bridge"}),
        ({"Mill": ["Ford", "ford"]}, {"mill", "ford"}),
    ],
)
def test_an_old_address_that_another_has_or_that_may_be_meant_twice_leads_nowhere(
    tmp_path: Path, aliases: dict[str, list[str]], pages: set[str]
) -> None:
    built_in = {"places/czechia.html"}
    assert list_places(build(tmp_path, **aliases)) == {f"places/{name}.html" for name in pages} | built_in


def test_an_earlier_address_of_a_story_has_the_address_of_each_step(tmp_path: Path) -> None:
    build(tmp_path, Mill=[])
    story = tmp_path / "stories" / "a.md"
    story.write_text(story.read_text().replace("title: A", "title: A\naliases: [before]"))
    page = build_site(load_project(tmp_path), report=Report())["before.html"].decode()
    assert '<li id="at-mill"><a href="a.html#at-mill">At Mill</a></li>' in page
