"""What a single file carries: all that its story loads, at once or later, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from storymap.addresses import MEDIA, RUNTIME
from storymap.outputs.single_page import make_single_page
from storymap.pages.policy import hash_inline

PAGE = """<!doctype html><html lang="cs"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'"></head><body>
{body}
<script src="assets/storymap.js"></script>
<script src="assets/media.js" data-more="assets/viewer.js" defer></script></body></html>"""
SITE = {RUNTIME: b"runtime()", MEDIA: b"media()"}


def list_scripts(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


@pytest.mark.parametrize(
    ("body", "views"),
    [
        ('<a class="enlarge" data-media href="red.png"><img src="red.png"></a>', True),
        ('<div class="compare"><img src="red.png"><img src="blue.png"></div>', True),
        ('<audio src="bell.mp3" controls></audio> data-media class="compare"', False),
    ],
)
def test_what_is_loaded_later_stands_before_what_would_load_it_if_the_story_can_need_it(body: str, views: bool) -> None:
    single = make_single_page(PAGE.format(body=body), "one.html", SITE)
    starts = [script.partition("=")[0] for script in list_scripts(single)]
    viewer = ["var storymapMediaWords"] if views else []
    assert starts == ["var storymapReadingWords", "var storymapWords", "runtime()", *viewer, "media()"]
    assert " src=" not in single.partition("<audio")[0].replace("<img src=", "")
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', single)[0]
    directive = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert directive.split() == ["script-src", *dict.fromkeys(map(hash_inline, list_scripts(single)))]


def test_a_story_without_pictures_has_words_of_its_language_and_no_viewer_and_no_search(
    own_site: Mapping[str, bytes],
) -> None:
    single = make_single_page(own_site["declaration.html"].decode(), "declaration.html", own_site)
    assert b"data-search=" in own_site["declaration.html"]
    assert "data-search=" not in single
    assert "storymapMediaWords" not in single
    assert re.findall(r'^<script>var (\w+)=\{"(\w+)":\{[^\n]*"\}\};$', single, re.MULTILINE) == [
        ("storymapReadingWords", "en"),
        ("storymapWords", "en"),
    ]
    whole = make_single_page(own_site["declaration.html"].decode(), "declaration.html", own_site, url="https://e.org/")
    assert "data-search=" not in whole
