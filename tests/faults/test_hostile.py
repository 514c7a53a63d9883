"""Hostile and careless input of the kinds that once did harm."""

from __future__ import annotations


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
