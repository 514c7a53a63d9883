"""Cards drawn from a page of PDF: they look as the SVG does, and what such a page cannot have is known beforehand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import storymap
from storymap.api.stories import ResolvedStory
from storymap.drawing.beyond import BeyondError
from storymap.drawing.flat import Scheme
from storymap.drawing.letters import BUILT_IN
from storymap.drawing.pdf_page import write_page
from storymap.drawing.rendering import Room, render_picture, render_png
from storymap.outputs.cards import CardText, draw_card
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import load_project

PALETTE = builtin_theme().palette
REPOSITORY = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def load(project: str) -> Mapping[str, ResolvedStory]:
    return storymap.load_stories(load_project(REPOSITORY / project))


def differ(svg: str) -> float:
    """The share of pixels that differ visibly between what both renderers draw."""
    with Image.open(io.BytesIO(render_png(svg))) as read:
        whole = np.asarray(read.convert("RGB")).astype(int)
    apart = np.abs(whole - render_picture(svg)[..., :3].astype(int)).max(axis=2)
    return float((apart > 90).mean())


@pytest.mark.parametrize(
    ("project", "story", "step", "scheme"),
    [
        (".", "declaration", None, "light"),
        (".", "declaration", 7, "dark"),
        (".", "list-that-grew", 2, "light"),
        (".", "date-line", 8, "light"),
        ("tests/projects/good/pacific", "ocean", None, "light"),
        ("tests/projects/good/pacific", "ocean", 3, "dark"),
        ("tests/projects/good/painting", "valley", 1, "light"),
    ],
)
def test_a_card_looks_as_its_svg_does(project: str, story: str, step: int | None, scheme: Scheme) -> None:
    told = load(project)[story]
    scene = told.scene if step is None else told.steps[step].scene
    svg = draw_card(scene, CardText(told.title, "Walks", told.lang), PALETTE, scheme=scheme)
    write_page(svg, BUILT_IN)  # it has nothing that a page cannot have
    assert differ(svg) < 0.002


def draw(inner: str, css: str = "") -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">'
    return f'{head}<style>{css}</style><rect width="300" height="200" fill="#ffffff"/>{inner}</svg>'


@pytest.mark.parametrize(
    "inner",
    [
        '<path d="M20 20h200v120h-200zM60 40h60v60h-60z" fill="#a00" fill-rule="evenodd"/>',
        '<path d="M20 20L200 20L110 150Z" fill="#a00" fill-opacity=".4" stroke="#00a" stroke-width="9"/>',
        '<path d="M20 20L200 20L60 30" fill="none" stroke="#00a" stroke-width="14" stroke-linejoin="round"/>',
        '<path d="M20 50H250" stroke="#00a" stroke-width="6" stroke-dasharray="20 9" stroke-linecap="round"/>',
        '<path d="M50 50h0M90 60h0" stroke="#00a" stroke-width="30" stroke-linecap="round"/>',
        '<g transform="translate(20 10) scale(2)"><circle cx="40" cy="40" r="25" fill="#080" opacity=".5"/></g>',
        '<rect x="30" y="30" width="120" height="60" rx="20" fill="#eee" stroke="#333" stroke-width="4"/>',
        (
            '<clipPath id="left"><rect width="90" height="200"/></clipPath>'
            '<g clip-path="url(#left)"><circle cx="90" cy="90" r="60" fill="#a00"/></g>'
        ),
        (
            '<g stroke="#a00" stroke-width="20" fill="none"><path id="way" d="M30 30L250 160"/></g>'
            '<use href="#way" stroke="#000" stroke-width="8"/>'
        ),
        (
            '<text x="150" y="90" font-family="Noto Sans" font-size="40" font-weight="600" text-anchor="middle" '
            'fill="#222" stroke="#fb0" stroke-width="8" stroke-linejoin="round" paint-order="stroke">Øresund</text>'
        ),
        '<text x="290" y="90" font-family="Noto Sans" font-size="30" letter-spacing="4" text-anchor="end">ABC</text>',
        '<text x="20" y="90" font-family="Noto Sans" font-size="40">سلام</text>',
        '<path class="a b" d="M20 20h90v90h-90z"/><g class="in"><path d="M130 20h90v90h-90z"/></g>',
    ],
)
def test_each_thing_that_a_still_draws_looks_as_it_should(inner: str) -> None:
    svg = draw(inner, ".in path{fill:#0a0}.a{fill:#a00;stroke:#000}.b{stroke:#00f;stroke-width:8}path{fill-opacity:.8}")
    write_page(svg, BUILT_IN)
    assert differ(svg) < 0.004
    assert differ(svg.replace(inner, "")) == 0
    assert render_picture(svg).min() < 200, "something is drawn"


@pytest.mark.parametrize(
    ("inner", "css"),
    [
        ('<ellipse cx="50" cy="50" rx="40" ry="20"/>', ""),
        ('<rect width="90" height="90" fill="tomato"/>', ""),
        ('<rect width="90" height="90" transform="rotate(9)"/>', ""),
        ('<g opacity=".5"><rect width="90" height="90"/></g>', ""),
        ('<rect width="90" height="90" filter="url(#blur)"/>', ""),
        ('<rect width="90" height="90"/>', "rect:first-child{fill:red}"),
        ('<path d="M0 0R5 5"/>', ""),
        ('<text x="20" y="90" font-size="40">سلام 2020</text>', ""),
        ('<text x="20" y="90" font-size="40">\u202bWar.\u202c</text>', ""),
        ('<text x="20" y="90" font-size="40">\U00012000</text>', ""),
        ('<use href="#nothing"/>', ""),
        ("<text", ""),
    ],
)
def test_what_a_page_cannot_have_is_said(inner: str, css: str) -> None:
    with pytest.raises(BeyondError):
        write_page(draw(inner, css), BUILT_IN)


def test_several_threads_draw_at_once() -> None:
    """As those of a cluster's worker do, though PDFium is for one."""
    svgs = [draw(f'<circle cx="{20 * number}" cy="90" r="30" fill="#a00"/>') for number in range(1, 13)]
    alone, room = [render_picture(svg).tobytes() for svg in svgs], Room()
    with ThreadPoolExecutor(4) as threads:
        drawn = threads.map(lambda svg: render_picture(svg, room=room).tobytes(), svgs * 4)
        assert list(drawn) == alone * 4


def test_a_title_that_goes_two_ways_is_set_all_the_same() -> None:
    svg = draw('<text x="20" y="90" font-size="40">سلام 2020</text>')
    assert differ(svg) == 0, "by what draws all of SVG"
    assert render_picture(svg).min() < 80
