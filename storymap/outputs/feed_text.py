"""A whole story as a feed carries it: HTML without a page around it, its maps as pictures, all addresses whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape

from storymap.addresses import place_page, step_still, story_page, story_still, whole_address
from storymap.drawing.stills import STILL_SIZE
from storymap.drawing.words import tell_scene
from storymap.language.dates import say_when
from storymap.language.words import interface_words
from storymap.model.scene import Scene
from storymap.model.story import Step, Story
from storymap.pages.pictures import Address
from storymap.pages.prose import write_prose

_TO_OWN_PART = re.compile(r"""(<a\b[^<>]*?\shref=")#""")


def write_story(story: Story, url: str, readers: str = "") -> str:
    """The HTML of `story` on the site that stands at `url`: what its page tells, in the same order.

    `readers` of pages of places are as in `storymap.addresses.for_readers`.
    """
    address = partial(whole_address, url)
    here = address(story_page(story.id), "")
    return _TO_OWN_PART.sub(lambda found: f"{found[1]}{escape(here)}#", "\n".join(_list_parts(story, address, readers)))


def _list_parts(story: Story, address: Address, readers: str) -> Iterator[str]:
    lang = story.lang
    yield _show(story.scene, address(story_still(story.id), ""), lang)
    yield write_prose(story.opening, lang, address, readers=readers)
    for step in story.steps:
        yield f'<h2><a href="{escape(address(story_page(story.id), step.id))}">{step.title_html}</a></h2>'
        if line := " · ".join(_list_facts(step, lang, address, readers)):
            yield f"<p>{line}</p>"
        yield _show(step.scene, address(step_still(story.id, step.id), ""), lang)
        yield write_prose(step.prose, lang, address, readers=readers)
    if story.notes:
        yield f"<h2>{escape(interface_words(lang).page['sources'])}</h2>"
        yield write_prose(story.notes, lang, address, readers=readers)


def _list_facts(step: Step, lang: str, address: Address, readers: str) -> Iterator[str]:
    """When and where a step happens."""
    if step.when:
        yield escape(say_when(step.when, lang))
    for place in step.places:
        name = escape(place.name)
        there = escape(address(place_page(place.id, readers), ""))
        yield name if place.origin == "picture" else f'<a href="{there}">{name}</a>'


def _show(scene: Scene, source: str, lang: str) -> str:
    """The still map of a scene."""
    width, height = STILL_SIZE
    alt = escape(tell_scene(scene, lang))
    return f'<p><img src="{escape(source)}" alt="{alt}" width="{width}" height="{height}"></p>'
