"""A text in another language than its page says so, and is read in its own direction."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.pages.spoken import speak
from storymap.project import load_project

STORY = (
    "---\ntitle: {title}\nlang: {lang}\nsummary: {title}\n---\n\nText.\n\n"
    "## {title}\nplace: Prague\ndate: 2020\n\nText.\n"
)


@pytest.mark.parametrize(
    ("text", "lang", "here", "html"),
    [
        ("A <b> story.", "en", "he", '<bdi lang="en" dir="ltr">A &lt;b&gt; story.</bdi>'),
        ("סיפור.", "he", "en", '<bdi lang="he" dir="rtl">סיפור.</bdi>'),
        ("A story.", "en-GB", "en", "A story."),
        ("A story.", "", "he", "<bdi>A story.</bdi>"),
        ("", "en", "he", ""),
    ],
)
def test_a_text_stands_in_the_order_of_its_own_letters(text: str, lang: str, here: str, html: str) -> None:
    assert speak(text, lang, here) == html


def test_wherever_a_story_is_named_on_pages_of_another_language_its_own_is_said(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text(
        'title = "A site."\nlang = "he"\ndescription = "Its own words."\n', encoding="utf-8"
    )
    for name, title, lang in (("one", "One.", "en"), ("two", "שתיים.", "he")):
        (tmp_path / "stories" / f"{name}.md").write_text(STORY.format(title=title, lang=lang), encoding="utf-8")
    site = {path: content.decode() for path, content in build_site(load_project(tmp_path)).items() if ".html" in path}
    english = '<bdi lang="en" dir="ltr">One.</bdi>'
    assert f'<h3><a href="../one.html">{english}</a></h3>' in site["places/prague.html"]
    assert f'<span class="visit-step">{english}<time' in site["places/prague.html"]
    assert f'<strong>{english}</strong><span class="onward-summary">{english}</span>' in site["two.html"]
    assert f"<span>{english}</span> {english}</a>" in site["two.html"]
    assert '<strong><bdi lang="he" dir="rtl">שתיים.</bdi></strong>' in site["one.html"]
    assert '<p class="standfirst"><bdi>Its own words.</bdi></p>' in site["index.html"]
    assert '<p class="masthead"><a href="index.html"><bdi>A site.</bdi></a>' in site["two.html"]
