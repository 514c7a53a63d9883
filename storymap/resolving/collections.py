"""Resolve collections, and say what lists of stories ask of them: a collection stands on the atlas as a story does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from storymap.addresses import collection_folder, front_page_id, split_edition
from storymap.errors import Location, Report
from storymap.language.tags import primary_language
from storymap.model.collection import Collection
from storymap.model.place import Place
from storymap.model.prose import Picture, ScaledPicture, list_map_links
from storymap.model.story import Right
from storymap.model.time import PartialDate, When
from storymap.reading.collection import CollectionSource
from storymap.resolving.editions import choose_editions
from storymap.resolving.links import LinkedStep
from storymap.resolving.names import StoryNames
from storymap.resolving.outline import NamedPlace, StoryOutline, Visit
from storymap.resolving.prose import resolve_prose
from storymap.resolving.rights import credit_collection, list_rights
from storymap.resolving.story_file import StoryFile, list_scaled
from storymap.text.slugs import RESERVED_FOLDERS, is_device, is_slug, make_slug


class CollectionOutline(Struct, frozen=True):
    """What is asked of a collection beside its own page; as far as lists of stories ask it, by the names of a story's.

    `id` names its front page as the id of a story does. `stories` are the ids of its stories in the order of reading,
    each in the language of the collection if it can, and `members` those in any language. `visited` are the places of
    their steps, `mentioned` those to which its own prose leads, and `spots` those of them that have no name but what it
    calls them. `tags`, `authors`, `years`, `published` and `last_change`, the newest, are those of its stories;
    `rights` say whose the pictures of its own page are.
    """

    id: str
    title: str
    summary: str
    lang: str
    stories: tuple[str, ...]
    members: tuple[str, ...]
    visited: tuple[NamedPlace, ...]
    mentioned: tuple[NamedPlace, ...]
    spots: tuple[Place, ...]
    files: tuple[str, ...]
    scaled: tuple[ScaledPicture, ...]
    has_media: bool
    rights: tuple[Right, ...]
    cover: Picture | None
    aliases: tuple[str, ...]
    draft: bool
    at: Location
    leads: bool
    has_order: bool
    when: When | None
    published: str
    last_change: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    years: tuple[int, int] | None

    @property
    def named(self) -> tuple[NamedPlace, ...]:
        """Every place that the collection itself names: each of them has a page."""
        return self.mentioned


Listed = StoryOutline | CollectionOutline
"""What stands in a list of stories."""


def resolve_collection(
    source: CollectionSource,
    names: StoryNames,
    *,
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
    aliases: tuple[str, ...],
    lang: str,
    embeds: bool,
) -> Collection:
    """The collection that `source` describes, with everything it names found.

    `lang` is the site's language; without `embeds` a film elsewhere stays a link.
    """
    lang = source.lang or lang
    cover = files.get(source.front.cover or "")
    credits = credit_collection(source, files)
    prose = [
        resolve_prose(written, places, files=files, story_links=story_links, credits=credits, lang=lang, embeds=embeds)
        for written, places in ((source.opening, names.opening_links), (source.notes, names.notes_links))
    ]
    return Collection(
        id=source.id,
        title=source.title,
        summary=source.front.summary or "",
        lang=lang,
        opening=prose[0],
        notes=prose[1],
        files=tuple(sorted({path for file in files.values() for path in file.published})),
        cover=cover.as_cover() if cover else None,
        aliases=aliases,
        draft=source.front.draft,
        at=source.at,
        scaled=list_scaled(files),
        credits=tuple(credits.items()),
    )


def outline_collection(
    source: CollectionSource, collection: Collection, members: Sequence[StoryOutline]
) -> CollectionOutline:
    """The outline of a collection, whose stories in any language are `members`, in the order of reading."""
    stories = [members[number] for number in choose_editions(members, collection.lang)]
    links = (*list_map_links(collection.opening), *list_map_links(collection.notes))
    visited = {place.id: place for story in reversed(stories) for place in reversed(story.visited)}
    mentioned = {place.id: place for link in links for place in link.places}
    visit = Visit(collection.id, collection.title, collection.lang, ())
    spans = [story.years for story in stories if story.years]
    years = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
    return CollectionOutline(
        id=collection.id,
        title=collection.title,
        summary=collection.summary,
        lang=collection.lang,
        stories=tuple(story.id for story in stories),
        members=tuple(story.id for story in members),
        visited=tuple(reversed(visited.values())),
        mentioned=tuple(NamedPlace(place.id, place.name, visit) for place in mentioned.values()),
        spots=tuple(place for place in mentioned.values() if place.origin == "coordinates"),
        files=collection.files,
        scaled=collection.scaled,
        has_media=collection.has_media,
        rights=list_rights(collection.prose, None, dict(collection.credits)),
        cover=collection.cover,
        aliases=collection.aliases,
        draft=collection.draft,
        at=collection.at,
        leads=source.front.lead,
        has_order=source.front.order is not None,
        when=span_of(years) if years else None,
        published=max((story.published for story in stories), default=""),
        last_change=max((story.last_change for story in stories), default=""),
        tags=tuple(dict.fromkeys(tag for story in stories for tag in story.tags)),
        authors=tuple(dict.fromkeys(author for story in stories for author in story.authors)),
        years=years,
    )


def choose_collection(collections: Sequence[CollectionOutline], lang: str) -> dict[str, CollectionOutline]:
    """By the id of each story that belongs to one, its collection for a reader of `lang`, or else the original."""
    found: dict[str, CollectionOutline] = {}
    # Those that suit come last, and stay.
    for collection in sorted(collections, key=lambda one: suit_language(one.lang, one.id, lang), reverse=True):
        found |= dict.fromkeys(collection.members, collection)
    return found


def suit_language(own: str, page: str, lang: str) -> tuple[bool, bool, str]:
    """How well an edition suits a reader of `lang`: the best first, and then the original."""
    return own != lang, primary_language(own) != primary_language(lang), split_edition(page)[1]


def span_of(years: tuple[int, int]) -> When:
    """The time from the first year to the last."""
    first, last = (PartialDate(year, 0, 0, "", "", (year, 1, 1), (year, 12, 31)) for year in years)
    return When(f"{years[0]:04d}/{years[1]:04d}", first, last if years[0] != years[1] else first)


def find_collection_aliases(
    source: CollectionSource, known: Sequence[CollectionSource], report: Report
) -> tuple[str, ...]:
    """Earlier ids of the collection; one that is no id, or that a collection has now, is reported."""
    ids, language = {collection_folder(one.id) for one in known}, split_edition(source.id)[1]
    aliases = []
    for number, alias in enumerate(source.front.aliases or ()):
        at = source.front.where("aliases", number)
        if not is_slug(alias) or is_device(alias):
            better = make_slug(alias)
            help = f"write {better}" if better and better != alias else "use lower-case letters, digits and hyphens"
            report.error("bad-alias", f'"{alias}" cannot be the address of a collection', at, help=help)
        elif alias in ids or alias in RESERVED_FOLDERS:
            whose = "a collection has" if alias in ids else "the site has for a folder of its own"
            report.error("bad-alias", f'"{alias}" is the address that {whose} now', at, help="leave it out")
        else:
            aliases.append(front_page_id(alias, language))
    return tuple(dict.fromkeys(aliases))
