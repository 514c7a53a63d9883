"""Files that are the same for every story."""

from __future__ import annotations

import json
import re
from pathlib import Path

from storymap.building.assets import make_sharing
from storymap.errors import Report
from storymap.language.words import list_words
from storymap.prepared import read_static


def test_the_script_for_sharing_has_its_words_in_every_language(repository: Path) -> None:
    first, _, script = make_sharing(report=Report()).partition(b"\n")
    written = json.loads(first.decode().removeprefix("var storymapWords=").removesuffix(";"))
    assert first.isascii()
    assert script == read_static("sharing.js")
    source = (repository / "storymap" / "browser" / "src" / "sharing" / "words.ts").read_text(encoding="utf-8")
    asked = set(re.findall(r'^  \| "(\w+)"', source, re.MULTILINE))
    assert {"en", "cs", "ar", "zh"} <= written.keys()
    assert {language: words.keys() for language, words in written.items()} == dict.fromkeys(written, asked)
    assert written == list_words("sharing")
