"""The part of a track that a step goes, as pages tell of it: how long it is, how far it climbs, its profile."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct

from storymap.drawing.profile import draw_profile
from storymap.language.efforts import say_effort, say_height
from storymap.language.words import interface_words
from storymap.layers.profile import StageSummary


class TrackFigure(Struct, frozen=True):
    """The part of a track that a step goes."""

    told: str
    """Its length, climb and time."""

    profile: Markup
    """Its elevation profile, or empty where no heights are recorded."""

    highest: str
    """How high it comes, in metres, or empty."""

    lowest: str
    """Its lowest height, in metres, or empty."""


def make_track(stage: StageSummary, lang: str) -> TrackFigure:
    """What pages in `lang` tell of a stage."""
    profile, highest, lowest = Markup(), "", ""
    if stage.heights:
        lowest, highest = say_height(stage.lowest, lang), say_height(stage.highest, lang)
        title = interface_words(lang).page["track_profile"].format(lowest=lowest, highest=highest)
        profile = Markup(draw_profile(stage.heights, escape(title)))
    return TrackFigure(say_effort(stage.effort, lang), profile, highest, lowest)
