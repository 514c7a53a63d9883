"""Long texts are cut for messages."""

import pytest

from storymap.text.shortening import shorten


@pytest.mark.parametrize(("text", "short"), [("", ""), ("abcde", "abcde"), ("abcdef", "abcd…")])
def test_only_what_is_too_long_is_cut_and_says_so(text, short):
    assert shorten(text, 5) == short
