"""Check that the editions of a story tell what their original tells: steps, places, dates, notes, pictures, state."""

from __future__ import annotations

import re

from storymap.addresses import split_edition
from storymap.checking.checked import CheckedProject
from storymap.errors import Location, Report
from storymap.language.dates import say_when
from storymap.model.prose import Html
from storymap.model.story import Step, Story
from storymap.reading.edition_marks import mark_parts, write_marks
from storymap.reading.source import StepSource, StorySource
from storymap.reading.written import WrittenProse
from storymap.text.suggesting import ask_nearest

NAMED_PARTS = 4
"""How many parts that have changed are named."""

_NOTE = re.compile(r'class="footnote-ref" href="#fn:([^"]*)"|href="#fn:([^"]*)" class="footnote-ref"')


def check_editions(checked: CheckedProject, report: Report) -> None:
    """Tell where an edition says something else than its original, lacks something of it, or is older."""
    stories = {story.id: story for story in checked.stories}
    sources = {source.id: source for source in checked.sources}
    for source in checked.sources:
        named, language = split_edition(source.id)
        if not language or named not in sources:
            continue
        original = sources[named]
        if "unpaired-steps" not in checked.mistaken:
            _check_steps(source, original, report)
        if source.id in stories and named in stories:
            _check_fields(source, stories[source.id], stories[named], report)
        _check_losses(source, original, report)
        _check_state(source, original, report)


def _check_steps(source: StorySource, original: StorySource, report: Report) -> None:
    """Steps that only one of the two has, and those that stand in another order."""
    own, theirs = ([step.id for step in one.steps] for one in (source, original))
    missing = [name for name in theirs if name not in own]
    for step in original.steps:
        if step.id in missing:
            report.warning(
                "missing-step",
                f'this edition does not have the step "{step.title}" of its original',
                source.at,
                f"translate it, under its id: {step.id}",
            )
    for step in source.steps:
        if step.id not in theirs:
            help = ask_nearest(step.id, missing, otherwise="only readers of this language see it")
            report.warning("extra-step", "the original has no such step", step.at, help)
    shared = [name for name in own if name in theirs]
    wanted = [name for name in theirs if name in own]
    moved = next((name for name, meant in zip(shared, wanted, strict=True) if name != meant), "")
    if moved:
        step = next(step for step in source.steps if step.id == moved)
        before = wanted.index(moved) - 1
        where = f'after "#{wanted[before]}"' if before >= 0 else "first"
        report.warning("step-order", "this step stands elsewhere than in the original", step.at, f"there it is {where}")


def _check_fields(source: StorySource, story: Story, original: Story, report: Report) -> None:
    """Places and dates that an edition writes itself, and that are not those of its original."""
    theirs = {step.id: step for step in original.steps}
    for written, step in zip(source.steps, story.steps, strict=False):
        if other := theirs.get(step.id):
            _check_step(source, written, step, other, report)


def _check_step(source: StorySource, written: StepSource, step: Step, other: Step, report: Report) -> None:
    help = "leave the field out, and it is taken from there"
    at = written.fields.where("place")
    if at.path == source.name and written.fields.wrote("place") and _list_spots(step) != _list_spots(other):
        places = ", ".join(place.name for place in other.places) or "nowhere"
        report.warning("other-than-original", f"the original is at {places}", at, help)
    at = written.fields.where("date")
    if at.path == source.name and written.fields.wrote("date") and step.when != other.when:
        date = say_when(other.when, "en") if other.when else "no date"
        report.warning("other-than-original", f"the original has {date}", at, help)


def _list_spots(step: Step) -> frozenset[tuple[float, float]]:
    """Where a step is, whatever its places are called."""
    return frozenset((round(place.point.lon, 3), round(place.point.lat, 3)) for place in step.places)


def _check_losses(source: StorySource, original: StorySource, report: Report) -> None:
    """Footnotes and pictures of the original that no part of the edition has in their place."""
    theirs = {step.id: step.prose for step in original.steps} | {"": original.opening}
    own: list[tuple[str, WrittenProse, Location]] = [("", source.opening, source.at)]
    own += [(step.id, step.prose, step.at) for step in source.steps]
    for name, prose, at in own:
        other = theirs.get(name)
        if other is None:
            continue
        lost = [f"[^{note}]" for note in _list_notes(other) if note not in _list_notes(prose)]
        if len(_list_notes(prose)) < len(_list_notes(other)):
            message = "the original has more footnotes here"
            report.warning("lost-in-edition", message, at, f"this lacks {', '.join(lost)}" if lost else "")
        if len(prose.pictures) < len(other.pictures):
            shown = {picture.file for picture in prose.pictures}
            files = ", ".join(picture.file for picture in other.pictures if picture.file not in shown)
            report.warning("lost-in-edition", "the original has more pictures here", at, f"this lacks {files}")


def _list_notes(prose: WrittenProse) -> tuple[str, ...]:
    """The names of the footnotes that a text refers to, once each."""
    html = "".join(piece.html for piece in prose.pieces if isinstance(piece, Html))
    return tuple(dict.fromkeys(found[1] or found[2] for found in _NOTE.finditer(html)))


def _check_state(source: StorySource, original: StorySource, report: Report) -> None:
    """Whether the original has changed since this edition was made, as far as the two say."""
    front = source.front
    if front.translates is not None:
        changed = [part.heading for part in mark_parts(original) if part.mark not in front.translates]
        if changed:
            named = [f'"{heading}"' if heading else "its opening" for heading in changed[:NAMED_PARTS]]
            more = f" and {len(changed) - len(named)} more" if len(changed) > len(named) else ""
            report.warning(
                "stale-edition",
                f"the original has changed since: {', '.join(named)}{more}",
                front.where("translates"),
                f"bring this edition up to date, and write translates: {write_marks(original)}",
            )
        return
    updated = original.front.updated or ""
    if updated and (front.updated or "") < updated:
        report.warning(
            "stale-edition",
            f"the original was updated on {updated}, and this edition "
            + (f"on {front.updated}" if front.updated else "does not say that it was"),
            front.where("updated") if front.updated else source.at,
            f"bring it up to date, and write updated: {updated}, or the day on which you did",
        )
