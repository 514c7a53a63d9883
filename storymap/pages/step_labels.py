"""What the list of steps says of each beside its title: when it is, or else where."""

from __future__ import annotations

from storymap.language.dates import say_briefly
from storymap.model.story import Step, Story
from storymap.model.time import PartialDate


def label_steps(story: Story) -> tuple[str, ...]:
    """A word for each step of `story`: its year, the day of a story of one year, or the place of one without dates.

    One that is that of the step before is left out, and so are coordinates.
    """
    days = [_find_day(step) for step in story.steps]
    known = [day for day in days if day]
    if 2 * len(known) < len(days):
        labels = [_name_place(step) for step in story.steps]
    else:
        in_year = len({day.year for day in known}) == 1
        labels = [say_briefly(day, story.lang, in_year=in_year) if day else "" for day in days]
    return tuple("" if label == before else label for label, before in zip(labels, ("", *labels), strict=False))


def _find_day(step: Step) -> PartialDate | None:
    return (step.when.start or step.when.end) if step.when else None


def _name_place(step: Step) -> str:
    """The first place of `step`, but no spot that is called by its coordinates."""
    first = step.places[0] if step.places else None
    return first.name if first and not (first.origin == "coordinates" and "°" in first.name) else ""
