"""Read a gettext catalogue of interface words, and prepare all of them for when the package is used.

Babel reads a catalogue in a hundred times what JSON takes, and scripts that serve every language need all of them in
each build. What was prepared is found by the text of its catalogue: one that was edited since is read as ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

WITHOUT_LANGUAGE = "und"
"""The catalogue of what is of no language."""

FILE_NAME = "words.json"
"""In `static/`: what `write_words` gives."""

Words = Mapping[str, Mapping[str, str]]
"""The words of one catalogue by context and name."""


def parse_catalogue(data: bytes, language: str) -> Words:
    """The words of the catalogue `data` of a language."""
    from babel.messages.pofile import read_po  # which is not needed where the words are prepared

    words: dict[str, dict[str, str]] = {}
    for message in read_po(BytesIO(data), locale=None if language == WITHOUT_LANGUAGE else language):
        if message.id and message.string:
            words.setdefault(str(message.context), {})[str(message.id)] = str(message.string)
    return words


def write_words(files: Iterable[Path]) -> str:
    """The words of catalogues as JSON: for each language the digest of its file (`of`) and what it says (`words`)."""
    prepared = {}
    for file in sorted(files):
        data = file.read_bytes()
        prepared[file.stem] = {"of": digest_catalogue(data), "words": parse_catalogue(data, file.stem)}
    return json.dumps(prepared, ensure_ascii=False, indent=0) + "\n"


def digest_catalogue(data: bytes) -> str:
    """What prepared words are known by."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
