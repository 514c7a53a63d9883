"""Check the names that steps give: one that the built-in gazetteer takes for a town of another name may be a mistake.

Only in stories that are written in English, as the gazetteer's names are: for others `Praha` is no other name.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.languages import get_official_languages

from storymap.checking.checked import CheckedProject
from storymap.errors import Report
from storymap.gazetteer.countries import name_country
from storymap.language.tags import primary_language
from storymap.model.place import Place
from storymap.resolving.names import call_in_language
from storymap.text.names import normalize_name


def check_names(checked: CheckedProject, report: Report) -> None:
    """Tell where a step's place is a town whose name is not the one that is written."""
    for source in checked.sources:
        if primary_language(source.front.lang or checked.project.settings.lang) != "en":
            continue
        for step in source.steps:
            for number, written in enumerate(step.fields.place or ()):
                if step.fields.where("place", number).path != source.name:
                    continue  # an edition takes it from its original
                place = checked.gazetteer.look_up(written).place
                if place is None or place.origin != "gazetteer" or _is_same(written, place.name):
                    continue
                own = checked.names.call_by_own_name(place)
                if any(_is_same(written, name) for name in _list_own_names(own)):
                    continue
                country = name_country(place.country, checked.gazetteer.builtin)
                report.warning(
                    "other-name",
                    f'"{written}" is taken for {place.name}, {country}',
                    step.fields.where("place", number),
                    f'if that is meant, write "{place.name}"; if not, add the place that is: storymap places add',
                )


def _list_own_names(place: Place) -> Iterator[str]:
    """What a town is called in the languages of its country: Praha."""
    for language in get_official_languages(place.country, de_facto=True):
        yield call_in_language(place, language).name


def _is_same(written: str, name: str) -> bool:
    """Whether two names are one to a reader: all words of the shorter are in the longer, as in New York City."""
    one, other = (set(normalize_name(text).split()) for text in (written.partition(",")[0], name))
    return one <= other or other <= one
