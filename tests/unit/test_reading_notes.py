"""Footnotes: references side by side, and the ways back from a note."""

from __future__ import annotations

import re

from storymap.reading.markdown import MarkdownPart
from storymap.reading.prose import StoryProse, convert_prose
from storymap.reading.sanitise import to_plain_text


def convert(text: str) -> StoryProse:
    return convert_prose([MarkdownPart("", f"{text}\n\n[^a]: One.\n[^b]: Two.\n[^c]: Three.\n")])


def test_references_side_by_side_are_parted_by_a_comma() -> None:
    prose = convert("First[^a][^b] and [^c] [^a].")
    assert to_plain_text(prose.bodies[0].html) == "First1, 2 and 3, 1."


def test_references_with_words_between_them_are_not() -> None:
    assert to_plain_text(convert("First[^a] and[^b]; *third*[^c].").bodies[0].html) == "First1 and2; third3."


def test_several_ways_back_are_lettered_and_a_single_one_is_an_arrow() -> None:
    notes = convert("x[^a] " * 28 + "y[^b][^b] z[^c]").notes.html
    first, second, third = (to_plain_text(note) for note in re.findall(r"<li.*?</li>", notes, re.DOTALL))
    assert first.startswith("One. ↩\ufe0e a b c d ")
    assert first.endswith(" y z aa ab")
    assert second == "Two. ↩\ufe0e a b"
    assert third == "Three. ↩"


def test_a_task_list_shows_what_is_done_without_a_form() -> None:
    html = convert("- [x] done\n- [ ] open\n\n[^a][^b][^c]").bodies[0].html
    assert "<input" not in html
    assert "☑\ufe0e done" in html
    assert "☐\ufe0e open" in html
