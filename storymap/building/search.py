"""The files of the search: its script, the index of all stories and places, and the text of each story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storymap.addresses import SEARCH, search_file, search_text
from storymap.building.assets import copy_static
from storymap.building.collections import ReadyCollection
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.tasks import Task
from storymap.errors import Report
from storymap.model.place import Place
from storymap.outputs.search import MOST_TEXT, SearchablePlace, choose_stems, write_index, write_texts
from storymap.pages.frame import Site
from storymap.prepared import list_static
from storymap.resolving.names import call_in_language


def search_files(
    ready: Sequence[ReadyStory],
    collections: Sequence[ReadyCollection],
    places: Sequence[Place],
    site: Site,
    runner: Runner,
) -> Iterator[Task]:
    """What a reader loads who searches `site`, but for the texts of stories."""
    lang, others = site.lang, site.others
    readers = tuple(other.readers for other in others)
    listed: tuple[ReadyStory | ReadyCollection, ...] = (*ready, *collections)
    languages = tuple(sorted({one.outline.lang for one in listed} | {lang}))
    stemmed = choose_stems(languages, _list_stems())
    yield runner.task(SEARCH, copy_static, "search/search.js")
    for language in stemmed:
        yield runner.task(search_file(f"stem-{language}"), copy_static, f"search/stem-{language}.js")
    found = [one.searchable for one in listed if one.searchable.entry]
    entries = tuple(story.entry for story in found)
    is_large = sum(story.length for story in found) > MOST_TEXT
    words = tuple(story.words for story in found) if is_large else ()
    names = runner.recall(
        "searchable places",
        (places, tuple(story.outline for story in ready), site.others),
        lambda: _name_places(ready, places, [other.lang for other in others]),
    )
    yield runner.task(search_file("index"), make_index, entries, words, names, lang, readers, languages, stemmed)


def _list_stems() -> list[str]:
    """The languages for which the package has stems."""
    return [
        name.removeprefix("stem-").removesuffix(".js") for name in list_static("search") if name.startswith("stem-")
    ]


def _name_places(
    ready: Sequence[ReadyStory], places: Sequence[Place], languages: Sequence[str]
) -> tuple[SearchablePlace, ...]:
    """Every place by the names that it has, those by which stories call it, and what each of `languages` calls it."""
    called: dict[str, dict[str, None]] = {}
    for story in ready:
        if story.searchable.entry:
            for place in story.outline.named:
                called.setdefault(place.id, {})[place.name] = None
    return tuple(
        SearchablePlace(
            place.id,
            place.name,
            tuple(name for name in dict.fromkeys((*place.aliases, *called.get(place.id, ()))) if name != place.name),
            place.category,
            tuple(call_in_language(place, lang).name for lang in languages),
        )
        for place in places
    )


def text_files(story: ReadyStory, runner: Runner) -> Iterator[Task]:
    """The text of a story, unless it is a draft, or nothing is searched."""
    if story.searchable.entry:
        yield runner.task(search_text(story.outline.id), make_texts, story.outline.id, story.texts)


def collection_text_files(collection: ReadyCollection, runner: Runner) -> Iterator[Task]:
    """The text of the front page of a collection, on the same terms."""
    if collection.searchable.entry:
        page = collection.outline.id
        yield runner.task(search_text(page), make_texts, page, collection.texts)


def make_index(
    entries: tuple[str, ...],
    words: tuple[str, ...],
    places: tuple[SearchablePlace, ...],
    lang: str,
    readers: tuple[str, ...],
    languages: tuple[str, ...],
    stemmed: tuple[str, ...],
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The index of the site: what its stories wrote, one after another."""
    return write_index(
        entries, words, places, lang=lang, readers=readers, languages=languages, stemmed=stemmed
    ).encode()


def make_texts(story_id: str, texts: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The script with the text of a story."""
    return write_texts(story_id, texts).encode()
