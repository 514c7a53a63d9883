"""Resolve a story: names become places, fields become views and lines, links become addresses.

The only stage that knows both what an author wrote (`storymap.reading`) and where things are (`storymap.geography`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storymap.errors import Report
from storymap.geography.gazetteer import Gazetteer
from storymap.geography.view import MAX_BAKED_ZOOM
from storymap.model import Leg, LineStyle, Place, ProseLink, Step, Story, View, When
from storymap.project import Project
from storymap.reading.dates import read_date
from storymap.reading.fields import MAX_ZOOM
from storymap.reading.sanitise import fill_links, fill_pictures
from storymap.reading.slugs import is_slug, make_slug
from storymap.reading.source import StepSource, StorySource
from storymap.resolving.files import find_files
from storymap.resolving.links import StoryIndex, check_story_links, resolve_map_links
from storymap.resolving.routes import draw_arrival, draw_legs
from storymap.resolving.views import frame_places, frame_step

Addresses = Callable[[Place], str]
"""Tells where the page of a place stands, relative to the story's page."""


def resolve_story(
    source: StorySource,
    *,
    project: Project,
    gazetteer: Gazetteer,
    index: StoryIndex,
    place_address: Addresses,
    file_address: Callable[[str], str],
    report: Report,
) -> Story:
    """The story that `source` tells, with everything it names found.

    Mistakes go to `report`; what comes back is whole only if there are none.
    """
    lang = source.front.lang or project.settings.lang
    check_story_links(source.story_links, index, report)
    files = find_files(source, project=project, report=report)
    published = {written: (file_address(file.path), file.width, file.height) for written, file in files.items()}

    def finish(html: str, links: Sequence[ProseLink]) -> str:
        return fill_pictures(fill_links(html, [place_address(link.places[0]) for link in links]), published)

    steps, overview = _resolve_steps(
        source, project=project, gazetteer=gazetteer, lang=lang, finish=finish, report=report
    )
    opening_links = resolve_map_links(source.opening_links, gazetteer, report)
    return Story(
        id=source.id,
        title=source.title,
        summary=source.front.summary or "",
        lang=lang,
        authors=source.front.authors or source.front.author or (),
        when=_when(source.front.date, lang),
        opening_html=finish(source.opening_html, opening_links),
        opening_links=opening_links,
        notes_html=finish(source.notes_html, resolve_map_links(source.notes_links, gazetteer, report)),
        steps=steps,
        view=overview,
        files=tuple(sorted({file.path for file in files.values()})),
        cover=files[source.front.cover].path if source.front.cover in files else "",
        aliases=_find_aliases(source, index, report),
        draft=source.front.draft,
        at=source.at,
    )


def _resolve_steps(
    source: StorySource,
    *,
    project: Project,
    gazetteer: Gazetteer,
    lang: str,
    finish: Callable[[str, Sequence[ProseLink]], str],
    report: Report,
) -> tuple[tuple[Step, ...], View]:
    """The steps, and the view that frames them all with the lines between them."""
    style: LineStyle = source.front.line or project.settings.line
    places_of = [_find_places(step, gazetteer, report) for step in source.steps]
    arrivals: list[tuple[Leg, ...]] = []
    legs_of: list[tuple[Leg, ...]] = []
    last: Sequence[Place] = ()
    for step, places in zip(source.steps, places_of, strict=True):
        own = step.fields.line or style
        legs_of.append(draw_legs(places, own))
        arrivals.append(draw_arrival(last, places, own if len(places) == 1 else style))
        last = places or last
    overview = frame_places(
        [place for places in places_of for place in places], [leg for legs in (*arrivals, *legs_of) for leg in legs]
    )
    steps: list[Step] = []
    before: View | None = None
    for number, step in enumerate(source.steps, 1):
        places, legs = places_of[number - 1], legs_of[number - 1]
        view, moves = frame_step(
            step.fields,
            places=places,
            legs=legs,
            before=before,
            overview=overview,
            closest=MAX_ZOOM if project.settings.tiles else MAX_BAKED_ZOOM,
            report=report,
        )
        links = resolve_map_links(step.links, gazetteer, report)
        steps.append(
            Step(
                number=number,
                id=step.id,
                title=step.title,
                title_html=step.title_html,
                html=finish(step.html, links),
                places=places,
                view=view,
                moves_map=moves,
                when=_when(step.fields.date, lang),
                arrival=arrivals[number - 1],
                legs=legs,
                highlight=_find_countries(step, gazetteer, report),
                links=links,
                at=step.at,
            )
        )
        before = view
    return tuple(steps), overview


def _find_places(step: StepSource, gazetteer: Gazetteer, report: Report) -> tuple[Place, ...]:
    written = step.fields.place or ()
    found = [gazetteer.find(name, step.fields.where("place", number), report) for number, name in enumerate(written)]
    return tuple({place.id: place for place in found if place}.values())


def _find_countries(step: StepSource, gazetteer: Gazetteer, report: Report) -> tuple[str, ...]:
    written = step.fields.highlight or ()
    found = [
        gazetteer.find_country(name, step.fields.where("highlight", number), report)
        for number, name in enumerate(written)
    ]
    return tuple(dict.fromkeys(country for country in found if country))


def _find_aliases(source: StorySource, index: StoryIndex, report: Report) -> tuple[str, ...]:
    """Earlier ids of the story; one that is no id, or that a story has now, is reported."""
    aliases = []
    for number, written in enumerate(source.front.aliases or ()):
        alias = written.removesuffix(".html")
        at = source.front.where("aliases", number)
        if not is_slug(alias):
            report.error("bad-alias", f'"{written}" is no address of a story', at, help=f"write {make_slug(alias)}")
        elif alias in index.steps:
            report.error("bad-alias", f'"{written}" is the address of a story', at, help="leave it out")
        else:
            aliases.append(alias)
    return tuple(dict.fromkeys(aliases))


def _when(edtf: str | None, lang: str) -> When | None:
    return read_date(edtf, lang) if edtf else None
