"""Stills as a browser paints them: put together from cells, and nothing of that shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from storymap.drawing.still import draw_still
from storymap.model.place import Bounds
from storymap.model.scene import View

COLOURS = ":root{--sea:#00f;--land:#0f0;--coast:#f00;--highlight:#ff0}"
COUNT = """async ([svg, width, height]) => {
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    count += data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2] ? 1 : 0;
  }
  return count;
}"""


@pytest.mark.parametrize("highlight", [(), ("DZ",)], ids=["land", "country"])
@pytest.mark.parametrize("across", [4.1, 2.3, 0.37])
def test_no_seam_shows_between_the_cells_of_a_still(
    across: float, highlight: tuple[str, ...], open_page: Callable[..., tuple[Page, object]]
) -> None:
    """The Sahara has one colour, but for a pixel where the corners of four cells meet."""
    view = View(Bounds(2.0 - across, 27.5 - across / 2, 2.0 + across, 27.5 + across / 2), 7.0)
    svg = draw_still(view, width=672, height=448, highlight=highlight, stylesheet=COLOURS)
    ground = re.sub(r'<g class="s-names">.*?</g>|<g class="s-halos".*?</g>|<use[^>]*>|<circle[^>]*>', "", svg)
    bare = re.sub(r'<path class="s-(rivers|borders|regions|lakes|graticule)".*?/>', "", ground)
    page, _ = open_page()
    page.goto("about:blank")
    for width, height in ((672, 448), (1003, 669)):
        assert page.evaluate(COUNT, [bare, width, height]) <= 4
