"""Paths as authors write them, read from the folder of the file that they stand in."""

from __future__ import annotations

import pytest

from storymap.text.relative_paths import mend_backslashes, path_in, resolve_path, write_path


@pytest.mark.parametrize(
    ("written", "beside", "path"),
    [
        ("plan.jpg", "stories/a.md", "stories/plan.jpg"),
        ("plan.jpg", "stories/war/a.md", "stories/war/plan.jpg"),
        ("./maps//plan.jpg", "stories/war/a.md", "stories/war/maps/plan.jpg"),
        ("../plan.jpg", "stories/war/a.md", "stories/plan.jpg"),
        ("../../static/report.pdf", "stories/war/a.md", "static/report.pdf"),
        ("../../../secret", "stories/war/a.md", None),
        ("..", "stories/a.md", "."),
        ("../..", "stories/a.md", None),
        ("/etc/passwd", "stories/a.md", None),
        ("war\\plan.jpg", "stories/a.md", None),
        ("..plan.jpg", "stories/a.md", "stories/..plan.jpg"),
        ("heat.csv", "stories/", "stories/heat.csv"),
    ],
)
def test_a_path_is_read_from_the_folder_of_its_file(written, beside, path):
    assert resolve_path(written, beside) == path


@pytest.mark.parametrize(
    ("path", "beside", "written"),
    [
        ("stories/plan.jpg", "stories/a.md", "plan.jpg"),
        ("stories/plan.jpg", "stories/war/a.md", "../plan.jpg"),
        ("stories/war/b.md", "stories/a.md", "war/b.md"),
        ("stories/plan.jpg", "storymap.toml", "stories/plan.jpg"),
    ],
)
def test_a_path_is_written_as_its_file_has_to_write_it(path, beside, written):
    assert write_path(path, beside) == written
    assert resolve_path(written, beside) == path


def test_a_path_lies_in_a_folder_or_not():
    assert path_in("stories/", "stories/war/a.md") == "war/a.md"
    assert path_in("stories/", "stories") == ""
    assert path_in("stories/", "stories-old/a.md") is None
    assert path_in("stories/", None) is None


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("old\\plan.png", "old/plan.png"),
        (".\\old\\plan.png", "old/plan.png"),
        ("..\\war\\plan.png", "../war/plan.png"),
        ("C:\\Users\\Eva\\plan.png", ""),
        ("\\\\server\\plan.png", ""),
        ("old/plan.png", ""),
    ],
)
def test_a_path_of_windows_is_told_as_it_has_to_be_written(written: str, better: str) -> None:
    assert mend_backslashes(written) == better
