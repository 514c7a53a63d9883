"""Resolve a story: fields become views and lines, links become addresses, prose is finished.

The only stage that knows both what an author wrote (`storymap.reading`) and where things are (`storymap.gazetteer`).
What the story's names mean, which files it has and what it was once called are handed in, so that the same source and
the same answers always make the same story.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from storymap.earth.views import CLOSEST_ZOOM
from storymap.errors import Report
from storymap.model.data import Dataset
from storymap.model.layer import Leg, LineStyle
from storymap.model.place import Place
from storymap.model.prose import Prose
from storymap.model.scene import Scene, View
from storymap.model.story import Step, Story
from storymap.reading.source import StorySource
from storymap.reading.values import MAX_ZOOM
from storymap.reading.written import WrittenProse
from storymap.resolving.data_layers import StoryData, show_data
from storymap.resolving.files import StoryFile
from storymap.resolving.links import LinkedStep
from storymap.resolving.names import StoryNames
from storymap.resolving.prose import resolve_prose
from storymap.resolving.routes import draw_arrival, draw_legs
from storymap.resolving.scenes import number_places, show_passage, show_step, show_story
from storymap.resolving.views import frame_data, frame_places, frame_step
from storymap.settings.model import Settings


@dataclass(frozen=True, slots=True)
class StoryDefaults:
    """What the site decides where a story says nothing, and the closest zoom that its maps can serve."""

    lang: str
    line: LineStyle
    closest: float

    @classmethod
    def of(cls, settings: Settings) -> StoryDefaults:
        """The defaults that `settings` give."""
        return cls(settings.lang, settings.line, MAX_ZOOM if settings.tiles else CLOSEST_ZOOM)


def resolve_story(
    source: StorySource,
    names: StoryNames,
    *,
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    datasets: Sequence[Dataset] = (),
    report: Report,
) -> Story:
    """The story that `source` tells, with everything it names found.

    `files` are its pictures and linked files by their paths as written, `story_links` the steps and stories that
    it links to by their targets, `datasets` the data of its layers. Mistakes go to `report`; what comes back is whole
    only if there are none.
    """
    lang = source.front.lang or defaults.lang
    cover = files.get(source.front.cover or "")
    finish = partial(resolve_prose, files=files, story_links=story_links)
    steps, opening = _resolve_steps(
        source,
        names,
        style=source.front.line or defaults.line,
        closest=defaults.closest,
        data=show_data(source, source.front.layers, datasets, lang=lang, report=report),
        finish=finish,
        report=report,
    )
    return Story(
        id=source.id,
        title=source.title,
        summary=source.front.summary or "",
        lang=lang,
        authors=source.front.authors or source.front.author or (),
        when=source.front.date,
        opening=finish(source.opening, names.opening_links),
        notes=finish(source.notes, names.notes_links),
        steps=steps,
        scene=opening,
        files=tuple(sorted({file.path for file in files.values()})),
        cover=cover.path if cover else "",
        aliases=aliases,
        draft=source.front.draft,
        at=source.at,
    )


def _resolve_steps(
    source: StorySource,
    names: StoryNames,
    *,
    style: LineStyle,
    closest: float,
    data: StoryData,
    finish: Callable[[WrittenProse, Sequence[Place]], Prose],
    report: Report,
) -> tuple[tuple[Step, ...], Scene]:
    """The steps, and the scene that frames them all with the lines between them."""
    arrivals: list[tuple[Leg, ...]] = []
    legs_of: list[tuple[Leg, ...]] = []
    last: Sequence[Place] = ()
    for step, named in zip(source.steps, names.steps, strict=True):
        own = step.fields.line or style
        legs_of.append(draw_legs(named.places, own))
        arrivals.append(draw_arrival(last, named.places, own if len(named.places) == 1 else style))
        last = named.places or last
    way = tuple(leg for legs in zip(arrivals, legs_of, strict=True) for part in legs for leg in part)
    layers = [*data.opening, *(layer for shown in data.steps for layer in shown)]
    places = [place for named in names.steps for place in named.places]
    overview = frame_places(places, way) if places else frame_data(layers)
    marks = number_places([named.places for named in names.steps])
    steps: list[Step] = []
    drawn: list[Leg] = []
    before: View | None = None
    for step, named, arrival, legs, shown in zip(source.steps, names.steps, arrivals, legs_of, data.steps, strict=True):
        view, moves = frame_step(
            step.fields,
            places=named.places,
            legs=legs,
            data=shown if step.fields.layers is not None else (),
            before=before,
            overview=overview,
            closest=closest,
            report=report,
        )
        drawn += (*arrival, *legs)
        if named.places:
            scene = show_step(
                view,
                number=step.number,
                places=named.places,
                arrival=arrival,
                legs=legs,
                fill=named.highlight,
                data=shown,
            )
        else:
            is_overview = view == overview
            scene = show_passage(
                view, marks=marks, legs=drawn, fill=named.highlight, is_overview=is_overview, data=shown
            )
        steps.append(
            Step(
                number=step.number,
                id=step.id,
                title=step.title,
                title_html=step.title_html,
                prose=finish(step.prose, named.links),
                places=named.places,
                scene=scene,
                moves_map=moves,
                when=step.fields.date,
                at=step.at,
            )
        )
        before = view
    return tuple(steps), show_story(overview, marks, way, data=data.opening)
