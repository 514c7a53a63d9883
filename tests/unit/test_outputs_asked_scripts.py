"""Scripts that few readers need, and their words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from storymap.addresses import READING, SHARING, VIEWER
from storymap.language.words import list_words
from storymap.outputs.asked_scripts import WORDS, write_asked_script
from storymap.prepared import read_static


@pytest.mark.parametrize("path", [SHARING, READING, VIEWER])
def test_a_script_that_few_load_has_its_words_in_every_language(path: str, repository: Path) -> None:
    variable, context = WORDS[path]
    first, _, script = write_asked_script(path).partition(b"\n")
    written = json.loads(first.decode().removeprefix(f"var {variable}=").removesuffix(";"))
    assert first.isascii()
    assert script == read_static(path.removeprefix("assets/"))
    source = (repository / "storymap" / "browser" / "src" / context / "words.ts").read_text(encoding="utf-8")
    asked = set(re.findall(r'^  \| "(\w+)"', source, re.MULTILINE))
    assert {"en", "cs", "ar", "zh"} <= written.keys()
    assert {language: words.keys() for language, words in written.items()} == dict.fromkeys(written, asked)
    assert written == list_words(context)


@pytest.mark.parametrize(
    ("lang", "languages"), [("cs", ["cs", "en"]), ("zh-Hant", ["en", "zh"]), ("en", ["en"]), ("ga", ["en"])]
)
def test_a_page_of_one_language_has_words_of_that_and_of_english(lang: str, languages: list[str]) -> None:
    first = write_asked_script(READING, lang).partition(b"\n")[0].decode()
    assert [*json.loads(first.partition("=")[2].removesuffix(";"))] == languages
