"""Prepare the words of the interface, so that no build reads catalogues: `storymap.language.catalogues` says how."""

from __future__ import annotations

from pathlib import Path

from storymap.language.catalogues import FILE_NAME, write_words


def prepare_words(package: Path, *, out: Path) -> None:
    """Write the words of the catalogues in `package`, which is `storymap/`, to `out`."""
    text = write_words((package / "language" / "catalogues").glob("*.po"))
    (out / FILE_NAME).write_text(text, encoding="utf-8")
