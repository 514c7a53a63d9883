"""A story's page takes of other stories only what it shows of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from storymap.building.content import read_content
from storymap.errors import Report
from storymap.pages.story import OTHER_STORIES, lead_elsewhere, lead_on, list_shared
from storymap.project import load_project
from storymap.resolving.outline import StoryOutline
from storymap.resolving.visits import find_visits


def read_stories(folder: Path, texts: Mapping[str, str]) -> tuple[StoryOutline, ...]:
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text('title = "A site"\n')
    for name, text in texts.items():
        (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    report = Report()
    content = read_content(load_project(folder), report)
    assert not report.errors
    return tuple(story.outline for story in content.ready)


def tell(title: str, *places: str, prose: str = "Text.") -> str:
    steps = "".join(f"## At {place}\nplace: {place}\n\n{prose}\n\n" for place in places)
    return f"---\ntitle: {title}\n---\n\n{steps}"


def test_others_at_a_place_are_named_by_their_first_step_there(tmp_path: Path) -> None:
    first, second, _ = read_stories(
        tmp_path,
        {"a": tell("A", "Prague", "Vienna"), "b": tell("B", "Brno", "Prague", "Prague"), "c": tell("C", "Brno")},
    )
    visits = find_visits([first, second])
    [shared] = list_shared(first, lead_elsewhere(visits))
    assert (shared.place.name, shared.place.url) == ("Prague", "places/prague.html")
    assert [(step.story, step.step, step.url) for step in shared.steps] == [("B", "At Prague", "b.html#at-prague")]
    assert list_shared(second, lead_elsewhere(find_visits([second]))) == ()


def test_a_place_of_many_stories_names_a_few_of_the_others_in_order(tmp_path: Path) -> None:
    stories = read_stories(tmp_path, {f"s{number}": tell(f"S{number}", "Prague") for number in range(7)})
    [shared] = list_shared(stories[1], lead_elsewhere(find_visits(stories)))
    assert [step.story for step in shared.steps] == ["S0", "S2", "S3"][:OTHER_STORIES]


def test_an_edit_that_is_not_shown_elsewhere_changes_no_other_page(tmp_path: Path) -> None:
    before = read_stories(tmp_path / "before", {"a": tell("A", "Prague"), "b": tell("B", "Prague")})
    after = read_stories(
        tmp_path / "after", {"a": tell("A", "Prague"), "b": tell("B", "Prague", "Vienna", prose="Another text.")}
    )
    told = [
        (list_shared(one, lead_elsewhere(find_visits((one, other)))), lead_on(other, here="a.html"))
        for one, other in (before, after)
    ]
    assert told[0] == told[1]
