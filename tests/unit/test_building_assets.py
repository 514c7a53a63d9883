"""Files that are the same for every story."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from storymap.building.assets import make_reading, make_sharing, make_viewer
from storymap.errors import Report
from storymap.language.words import list_words
from storymap.prepared import read_static


@pytest.mark.parametrize(
    ("make", "name", "variable", "folder"),
    [
        (make_sharing, "sharing", "storymapWords", "sharing"),
        (make_reading, "reading", "storymapReadingWords", "reading"),
        (make_viewer, "viewer", "storymapMediaWords", "media"),
    ],
)
def test_a_script_that_few_load_has_its_words_in_every_language(
    make: Callable[..., bytes], name: str, variable: str, folder: str, repository: Path
) -> None:
    first, _, script = make(report=Report()).partition(b"\n")
    written = json.loads(first.decode().removeprefix(f"var {variable}=").removesuffix(";"))
    assert first.isascii()
    assert script == read_static(f"{name}.js")
    source = (repository / "storymap" / "browser" / "src" / folder / "words.ts").read_text(encoding="utf-8")
    asked = set(re.findall(r'^  \| "(\w+)"', source, re.MULTILINE))
    assert {"en", "cs", "ar", "zh"} <= written.keys()
    assert {language: words.keys() for language, words in written.items()} == dict.fromkeys(written, asked)
    assert written == list_words(folder)
