"""Films and posts elsewhere, and players that authors paste."""

from __future__ import annotations

import pytest

from storymap.reading.frames import find_frame
from storymap.reading.markdown import MarkdownPart, convert_markdown
from storymap.reading.sanitise import sanitise_body

YOUTUBE = "https://www.youtube.com/watch?v="
NOCOOKIE = "https://www.youtube-nocookie.com/embed/"
PLAY = "?autoplay=1&rel=0"
VIMEO = "https://player.vimeo.com/video/"


@pytest.mark.parametrize(
    ("address", "page", "frame"),
    [
        ("https://www.youtube.com/watch?v=abc_-123456&x=y", f"{YOUTUBE}abc_-123456", f"{NOCOOKIE}abc_-123456{PLAY}"),
        ("http://youtu.be/abc123456?t=1m5s", f"{YOUTUBE}abc123456&t=65s", f"{NOCOOKIE}abc123456{PLAY}&start=65"),
        ("https://m.youtube.com/shorts/abc123456", f"{YOUTUBE}abc123456", f"{NOCOOKIE}abc123456{PLAY}"),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871", f"{VIMEO}76979871?dnt=1&autoplay=1"),
        (
            "https://player.vimeo.com/video/76979871?h=abcdef12",
            "https://vimeo.com/76979871/abcdef12",
            f"{VIMEO}76979871?dnt=1&autoplay=1&h=abcdef12",
        ),
        (
            "https://tube.example/videos/watch/kkGMgK9ZtnKfYAgnEtQxbv",
            "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "https://tube.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0",
        ),
        (
            "https://toots.example/@jana@brno.example/112233445566",
            "https://toots.example/@jana@brno.example/112233445566",
            "https://toots.example/@jana@brno.example/112233445566/embed",
        ),
        (
            "https://bsky.app/profile/jana.example/post/3kabc",
            "https://bsky.app/profile/jana.example/post/3kabc",
            "https://embed.bsky.app/embed/jana.example/app.bsky.feed.post/3kabc",
        ),
    ],
)
def test_an_address_is_shown_in_the_frame_that_tells_least(address: str, page: str, frame: str) -> None:
    found = find_frame(address)
    assert found is not None
    assert (found.address, found.frame) == (page, frame)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "https://www.youtube.com/@channel",
        "https://youtube.com.example.org/embed/x/../../y",
        "https://youtube.com@evil.example/watch?v=abc123456",
        "https://www.youtube.com:8080/watch?v=abc123456",
        "https://www.youtube.com/watch?v=%22%3E%3Cscript%3E",
        "https://vimeo.com/about",
        "https://localhost/@a/112233445566",
        "https://1.2.3.4/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://[::1",
        "javascript:alert(1)//youtu.be/abc123456",
        "ftp://youtu.be/abc123456",
    ],
)
def test_any_other_address_is_none(address: str) -> None:
    assert find_frame(address) is None


def convert(markdown: str) -> tuple[str, list[str]]:
    cleaned = sanitise_body(convert_markdown([MarkdownPart("", markdown)]).bodies[0])
    return cleaned.html, [loss.tag for loss in cleaned.losses]


@pytest.mark.parametrize(
    ("pasted", "html"),
    [
        (
            '<iframe src="//www.youtube.com/embed/abc123456?si=x" title="A &amp; B" allowfullscreen></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=abc123456">A &amp; B</a></p>',
        ),
        ('<video controls src="a.mp4">A film</video>', '<figure class="shown"><img src="a.mp4" alt="A film"></figure>'),
        (
            "<audio controls>\n<source src='b/a.ogg' type='audio/ogg'>\n</audio>",
            '<figure class="shown"><img src="b/a.ogg" alt=""></figure>',
        ),
        ('Hear <audio src="a.mp3" title="a bell"></audio>!', '<p>Hear <img src="a.mp3" alt="a bell">!</p>'),
    ],
)
def test_a_player_that_is_pasted_is_shown_in_our_way(pasted: str, html: str) -> None:
    assert convert(pasted) == (html, [])


@pytest.mark.parametrize(
    "pasted",
    [
        '<iframe src="javascript:alert(1)"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<iframe src="https://evil.example/embed/abc123456"></iframe>',
        '<video src="https://evil.example/a.mp4"></video>',
        '<video src="javascript:a.mp4"></video>',
        '<video src="a.html" onerror="alert(1)"></video>',
    ],
)
def test_a_player_of_anything_else_is_left_out_and_told(pasted: str) -> None:
    html, lost = convert(pasted)
    assert not any(word in html for word in ("alert", "evil", "src", "<iframe", "<video"))
    assert lost


def test_many_players_that_never_end_are_soon_read() -> None:
    html, lost = convert("<video src='a.mp4'>" * 5_000)
    assert (html.strip(), bool(lost)) == ("", True)
