"""Say how a story is shown within a page of somebody else: oEmbed 1.0 (https://oembed.com), as a file.

A story's page leads to its file, so that a program which has the address of the story needs to ask nobody else.
"""

from __future__ import annotations

import json
from html import escape

WIDTH, HEIGHT = 800, 600
"""Of the frame, in CSS pixels: text and map side by side, in the column of a newspaper's page."""


def write_oembed(
    *, title: str, url: str, authors: tuple[str, ...], site: str, home: str, thumbnail: tuple[str, int, int] | None
) -> bytes:
    """The answer for the story at `url` of the `site` at `home`.

    `thumbnail` is the whole address of its picture with its width and height in pixels.
    """
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site,
        "provider_url": home,
        "width": WIDTH,
        "height": HEIGHT,
        "html": f'<iframe src="{escape(url)}?embed" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" '
        'style="border:0;max-width:100%" loading="lazy" allowfullscreen></iframe>',
    }
    if authors:
        answer["author_name"] = ", ".join(authors)
    if thumbnail:
        answer |= dict(zip(("thumbnail_url", "thumbnail_width", "thumbnail_height"), thumbnail, strict=True))
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")
