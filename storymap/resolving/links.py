"""Resolve the links of a story's prose: those that move the map, and those that lead to other stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from storymap.errors import Report
from storymap.geography.gazetteer import Gazetteer
from storymap.model import Place, ProseLink
from storymap.reading.slugs import make_slug
from storymap.reading.source import StorySource, WrittenLink, WrittenStoryLink
from storymap.resolving.views import frame_places

MAP_LINK = re.compile(r"(geo|place):", re.IGNORECASE)
"""How the address of a link begins that moves the map."""


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """Every address that a link between stories may lead to: by story id, the ids of its steps."""

    steps: dict[str, frozenset[str]]

    @classmethod
    def of(cls, sources: Iterable[StorySource]) -> StoryIndex:
        """The index of all stories of a site."""
        return cls({source.id: frozenset(step.id for step in source.steps) for source in sources})


def resolve_map_links(links: Sequence[WrittenLink], gazetteer: Gazetteer, report: Report) -> tuple[ProseLink, ...]:
    """The places and views of `links`, in order. A link whose place is not known is reported.

    The numbers in the prose keep their meaning: the result has one entry per link unless something was reported.
    """
    return tuple(link for written in links if (link := _resolve(written, gazetteer, report)))


def check_story_links(links: Iterable[WrittenStoryLink], index: StoryIndex, report: Report) -> None:
    """Report every link of prose to a story or a step that does not exist."""
    for link in links:
        story = make_slug(PurePosixPath(link.file).stem)
        if story not in index.steps:
            report.error(
                "unknown-story", f'no story "{link.file}"', link.at, help=_suggest(f"{story}.md", index.steps, ".md")
            )
        elif link.step and link.step not in index.steps[story]:
            report.error(
                "unknown-step",
                f'no step "{link.step}" in "{link.file}"',
                link.at,
                help=_suggest(link.step, index.steps[story], ""),
            )


def _resolve(link: WrittenLink, gazetteer: Gazetteer, report: Report) -> ProseLink | None:
    reference = (
        link.target if link.target.lower().startswith("geo:") else unquote(MAP_LINK.sub("", link.target, count=1))
    )
    place = gazetteer.find(reference, link.at, report)
    if place is None:
        return None
    if place.origin == "coordinates" and link.text.strip():
        place = _settle(place, link.text.strip(), gazetteer)
    return ProseLink((place,), frame_places([place]))


def _settle(spot: Place, text: str, gazetteer: Gazetteer) -> Place:
    """A coordinate pair in prose is the place of `geo/` that stands there, or else one named by the link's text."""
    same = next((place for place in gazetteer.places if _is_near(place, spot)), None)
    return same or replace(spot, name=text)


def _is_near(place: Place, spot: Place) -> bool:
    """Whether two points are the same for a reader: within about a hundred metres."""
    apart = abs(place.point.lon - spot.point.lon), abs(place.point.lat - spot.point.lat)
    return place.kind == "point" and max(apart) <= 0.001


def _suggest(name: str, known: Iterable[str], suffix: str) -> str:
    from rapidfuzz import process

    names = sorted(f"{entry}{suffix}" for entry in known)
    best = process.extractOne(name, names, score_cutoff=55)
    if best:
        return f'did you mean "{best[0]}"?'
    return f"known are: {', '.join(names[:12])}" if names else "there is none"
