"""Hostile and careless input of the kinds that once did harm."""

from __future__ import annotations

import pytest


def test_what_no_build_wrote_is_told_by_build_and_check_and_stays(fault) -> None:
    found = fault("attacks/foreign-file-named-as-folder")
    site = found.folder / "site"
    before = {path.name: path.read_bytes() if path.is_file() else None for path in site.iterdir()}
    built, checked = found.run("build"), found.run("check")
    assert (built.exit_code, checked.exit_code) == (1, 1)
    for outcome in (built, checked):
        assert 'site/assets: error[foreign-file]: "assets" is in the way' in outcome.output
        assert 'site/places: error[foreign-file]: "places" is in the way' in outcome.output
    assert {path.name: path.read_bytes() if path.is_file() else None for path in site.iterdir()} == before


def test_a_photograph_is_published_without_its_position_and_check_says_so(fault) -> None:
    found = fault("attacks/picture-gps")
    written = (found.folder / "stories" / "gps.jpg").read_bytes()
    assert found.build().exit_code == 0
    published = (found.folder / "site" / "media" / "gps.jpg").read_bytes()
    assert b"Exif" in written
    assert b"Exif" not in published
    assert "note[private-data]" in found.check().output
    assert (found.folder / "stories" / "gps.jpg").read_bytes() == written


def test_a_linked_page_is_refused_and_a_linked_drawing_runs_nothing(fault) -> None:
    found = fault("attacks/linked-svg-html-runs")
    for outcome in (found.build(), found.check()):
        assert outcome.exit_code == 1
        assert 'error[unpublished-kind]: the file "a.html"' in outcome.output
    story = found.folder / "stories" / "one.md"
    story.write_text(story.read_text(encoding="utf-8").replace("a.html", "a.svg"), encoding="utf-8")
    assert "warning[active-content]" in found.build().output
    published = found.page("media/a.svg").lower()
    assert "script" not in published
    assert "onload" not in published
    assert "http" not in published.replace("http://www.w3.org/", "")


def test_names_that_windows_keeps_for_devices_are_no_addresses(fault) -> None:
    found = fault("attacks/alias-con")
    outcome = found.build()
    assert "error[bad-alias]" in outcome.output
    assert outcome.output.count("error[") == found.check().output.count("error[")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("attacks/toml-deep", "broken-toml"),
        ("attacks/hook-option-not-json", "hook-failed"),
        ("attacks/zoom-400-digits", "wrong-value"),
    ],
)
def test_whatever_a_library_throws_on_a_file_is_told(fault, name: str, code: str) -> None:
    found = fault(name)
    for outcome in (found.build(), found.check()):
        assert outcome.exit_code == 1
        assert f"error[{code}]" in outcome.output
