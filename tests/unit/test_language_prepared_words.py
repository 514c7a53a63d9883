"""The words of the interface as they were prepared: those of the catalogues, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storymap.language import words
from storymap.language.prepared_words import FILE_NAME, parse_catalogue, write_words
from storymap.prepared import STATIC

CATALOGUES = sorted((Path(words.__file__).parent / "catalogues").glob("*.po"))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_what_was_prepared_is_what_the_catalogue_says(file: Path) -> None:
    prepared = json.loads((STATIC / FILE_NAME).read_bytes())
    assert prepared[file.stem]["words"] == parse_catalogue(file.read_bytes(), file.stem)


def test_a_catalogue_that_was_edited_since_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "catalogues" / "cs.po"
    file.parent.mkdir()
    file.write_text('msgctxt "page"\nmsgid "map"\nmsgstr "Mapa"\n', encoding="utf-8")
    (tmp_path / FILE_NAME).write_text(write_words([file]), encoding="utf-8")
    file.write_text('msgctxt "page"\nmsgid "map"\nmsgstr "Mapička"\n', encoding="utf-8")
    monkeypatch.setattr(words, "_CATALOGUES", file.parent)
    monkeypatch.setattr(words, "STATIC", tmp_path)
    for kept in (words.read_catalogue, words._read_prepared):
        kept.cache_clear()
    try:
        assert words.read_catalogue("cs") == {"page": {"map": "Mapička"}}
    finally:
        for kept in (words.read_catalogue, words._read_prepared):
            kept.cache_clear()
