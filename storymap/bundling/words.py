"""Prepare the words of the interface, so that no build reads catalogues: see `storymap.language.prepared_words`."""

from __future__ import annotations

from pathlib import Path

from storymap.language.prepared_words import FILE_NAME, write_words


def prepare_words(package: Path, *, out: Path) -> None:
    """Write the words of the catalogues in `package`, which is `storymap/`, to `out`."""
    text = write_words((package / "language" / "catalogues").glob("*.po"))
    (out / FILE_NAME).write_text(text, encoding="utf-8")
