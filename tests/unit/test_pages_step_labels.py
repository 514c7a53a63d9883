"""The list of steps says when each is, or else where."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.content import read_content
from storymap.errors import Report
from storymap.pages.step_labels import label_steps
from storymap.project import load_project


@pytest.mark.parametrize(
    ("lang", "fields", "labels"),
    [
        (
            "en",
            ["date: 2018-12", "date: 2018~", "date: 2020-05-06/2021", "date: -0043"],
            ("2018", "", "2020", "44 BCE"),
        ),
        ("en", ["date: 2020-05-06", "date: 2020-05-06", "place: Brno", "date: 2020-06"], ("6 May", "", "", "Jun")),
        ("cs", ["date: 2020-05-06", "date: ../2020-05-07"], ("6. 5.", "7. 5.")),
        ("en", ["place: Prague", "place: 50.1, 14.4", "place: Brno"], ("Prague", "", "Brno")),
        ("en", ["place: Prague", "place: [Brno, Prague]", "place: Brno", "zoom: 4"], ("Prague", "Brno", "", "")),
    ],
)
def test_years_or_days_or_places(tmp_path: Path, lang: str, fields: list[str], labels: tuple[str, ...]) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "A site"\n')
    steps = "".join(f"\n## Step\n{field}\n\nText.\n" for field in fields)
    (tmp_path / "stories" / "a.md").write_text(f"---\ntitle: A\nlang: {lang}\n---\n{steps}", encoding="utf-8")
    report = Report()
    story = read_content(load_project(tmp_path), report).stories[0]
    assert not report.errors
    assert label_steps(story) == labels
