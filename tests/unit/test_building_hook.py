"""An author's hook: how it is called, where its mistakes are told, and what its elements load."""

from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.building.page_map import list_addresses
from storymap.errors import Report, StorymapError
from storymap.project import load_project

HOOK = """
from branca.element import JavascriptLink


def dress(story_map, story):
    lat, _ = story_map.location
    name = "story" if story else f"at-{round(lat)}"
    story_map.get_root().header.add_child(JavascriptLink(f"https://example.org/{name}.js"))
"""

STORY = """---
title: A walk
---
## The start
place: 10, 10

It begins here.[^1]

[^1]: Seen from [the hill](geo:30,30).
"""


def test_a_place_that_only_a_note_names_has_a_page_and_one_that_no_story_names_has_none(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "walk.md").write_text(STORY, encoding="utf-8")
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "mills.csv").write_text("name,lat,lon\nUnused Mill,50,14\n", encoding="utf-8")
    (tmp_path / "storymap.toml").write_text('map_hook = "dressing:dress"\n', encoding="utf-8")
    (tmp_path / "dressing.py").write_text(HOOK, encoding="utf-8")
    report = Report()
    found = list_addresses(load_project(tmp_path), report)
    assert report.errors == ()
    assert {address.rpartition("/")[2] for address in found} == {"story.js", "at-10.js", "at-30.js"}


STEPS = "---\ntitle: One\n---\n## A\nplace: 10, 10\n\nText.\n\n## B\nplace: 20, 20\n\nText.\n"
CALLS = """
import inspect

def shape(PARAMETERS):
    pass

def add(map, story, *more):
    if story:
        with open("calls.txt", "a") as calls:
            print(*(step and step.number for step in more) if more else ["no"], file=calls)

add.__signature__ = inspect.signature(shape)
"""


def make(folder: Path, hook: str) -> Path:
    """A project whose hook is the function `add` of `hook`; it writes down how it was called."""
    (folder / "stories").mkdir(parents=True)
    (folder / "stories" / "one.md").write_text(STEPS, encoding="utf-8")
    (folder / "storymap.toml").write_text(f'map_hook = "{folder.name}_hook:add"\n', encoding="utf-8")
    (folder / f"{folder.name}_hook.py").write_text(hook, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("number", "parameters", "steps"),
    [
        (0, "map, story, step", ["None", "1", "2"]),
        (1, "map, story, step=None", ["None", "1", "2"]),
        (2, "map, story, current, *, colour='red'", ["None", "1", "2"]),
        (3, "map, story", ["no"]),
        (4, "map, story, colour='red'", ["no"]),
        (5, "*given", ["no"]),
    ],
)
def test_a_hook_gets_the_step_if_it_has_a_parameter_for_it(
    tmp_path: Path, number: int, parameters: str, steps: list[str]
) -> None:
    folder = make(tmp_path / f"calls_{number}", CALLS.replace("PARAMETERS", parameters))
    build_site(load_project(folder))
    assert (folder / "calls.txt").read_text().split() == steps


@pytest.mark.parametrize(
    ("number", "parameters"), [(0, "map"), (1, ""), (2, "map, story, step, more"), (3, "map, story, *, colour")]
)
def test_a_hook_that_takes_something_else_is_told_where_it_is_defined(
    tmp_path: Path, number: int, parameters: str
) -> None:
    folder = make(tmp_path / f"other_{number}", f"import os\n\n\ndef add({parameters}):\n    pass\n")
    with pytest.raises(StorymapError, match=rf"other_{number}_hook.py:4:1: error\[hook-parameters\]"):
        build_site(load_project(folder))


def test_a_step_at_which_the_hook_fails_is_named(tmp_path: Path) -> None:
    folder = make(tmp_path / "late", "def add(map, story, step):\n    return step and 1 / (2 - step.number)\n")
    with pytest.raises(StorymapError, match=r'late_hook.py:2:5: .*failed at step 2, "B", with ZeroDivisionError'):
        build_site(load_project(folder))


def test_the_map_of_a_step_is_where_the_step_is_and_leads_to_the_pages_map(tmp_path: Path) -> None:
    folder = make(
        tmp_path / "where",
        "import folium\n\ndef add(map, story, step):\n"
        "    assert isinstance(map, folium.Map)\n"
        "    if step:\n"
        "        assert [round(at) for at in map.location] == [step.number * 10] * 2\n"
        "        folium.Circle(map.location).add_to(map)\n",
    )
    page = build_site(load_project(folder))["one.html"].decode()
    first, circle, last = (page.index(text) for text in ("begin(map_1, 2)", "L.circle", "end(map_1)"))
    assert page.index("begin(map_1, 1)") < circle < last < first
    assert page.count(").addTo(map_1);\n") == page.count("L.circle(") == 2
