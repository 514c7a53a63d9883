"""Text in XML: what another reader finds in it is what was written."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given, strategies as st

from storymap.text.markup import escape, quote_attribute

TEXT = st.text(st.characters(codec="utf-8", min_codepoint=32) | st.sampled_from("<>&\"'\n\t"))


@given(TEXT.filter(lambda text: not set(text) & {"\ufffe", "\uffff"}))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert (ET.fromstring(f"<p>{escape(text)}</p>").text or "") == text
    assert ET.fromstring(f"<p a={quote_attribute(text)}/>").get("a") == text
