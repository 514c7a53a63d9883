"""What a reader can search: the names in each story and of each place, and the text of each story in a file of its own.

The index of a site is a script that calls `storymapSearch.give`, so that a page opened from disk can load it, and it is
put together of what each story wrote when it was resolved. It has to stay light, and has no text. That of a story is a
script, too: a reader who searches a site that is not large loads all of them, and in a large one those whose excerpts
come into view. For its stories the index has a few telling words of their texts.
`storymap/browser/src/search/contract.ts` says the same to the browser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from storymap.language.tags import primary_language
from storymap.language.words import interface_words
from storymap.layers.image import Image
from storymap.model.collection import Collection
from storymap.model.layer import FeatureLayer
from storymap.model.prose import Html, Picture, Prose
from storymap.model.scene import Scene
from storymap.model.story import Step, Story
from storymap.text.shortening import shorten
from storymap.text.slugs import is_device, make_slug

LONGEST_SUMMARY = 240
"""Characters of a story's summary in the index."""

MOST_TEXT = 1000
"""Of a site with more thousands of characters than these, which are 400 kB compressed, no reader loads all texts."""

WORDS_OF_STORY = 160
"""Characters of telling words of the text of a story, which the index of such a site has."""

LONGEST_WORD = 24
"""Of what is written without blanks, so much is a word here."""

_MARKUP = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>")
_NOTE = re.compile(r"<sup\b[^>]*><a\b[^>]*>(?:(?!</sup>).)*</sup>", re.DOTALL)
_NOT_SAID = re.compile("\N{SOFT HYPHEN}|\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}?")
"""Where words may break, and the way back from a note."""

_WITHIN_WORDS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s small span strong sub u var wbr".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLAIN = re.compile("[ -~\u00c0-\u024f‘’“”„«»–—…]{1,60}")
_ENDS = tuple(".!?…:。！？؟")


class Searchable(Struct, frozen=True):
    """What can be found of a story: its part of the index, and the list of its texts.

    `entry` is in JSON, and so are `words`, telling ones of its texts, and `texts`, that of the opening with the notes
    and that of each step. `length` is how long they are, in thousands of characters.
    """

    entry: str
    words: str
    length: int
    texts: str


class SearchablePlace(Struct, frozen=True):
    """What can be found of a place: the id of its page, its name, the others that it has anywhere, its category.

    `called` is its name for readers of each other language that has pages of places.
    """

    id: str
    name: str
    others: tuple[str, ...]
    category: str
    called: tuple[str, ...] = ()


NOTHING = Searchable("", "", 0, "")
"""What can be found of a draft."""


def make_searchable(story: Story) -> Searchable:
    """What can be found of `story`."""
    if story.draft:
        return NOTHING
    opening = " ".join(filter(None, (extract_text(story.opening), extract_text(story.notes))))
    texts = [opening, *(extract_text(step.prose) for step in story.steps)]
    steps = [_describe_step(story, step) for step in story.steps]
    names = [story.title, story.summary, *story.authors, *story.tags, *(name for _, *names in steps for name in names)]
    about = ", ".join((*([story.collection.title] if story.collection else []), *story.authors, *story.tags))
    entry = [story.id, story.lang, story.title, shorten(story.summary, LONGEST_SUMMARY), about, steps]
    words = " ".join(choose_words(" ".join(texts), WORDS_OF_STORY, known=" ".join(names)))
    return Searchable(_write(entry), _write(words), -(-sum(map(len, texts)) // 1000), _write(texts))


def make_searchable_collection(collection: Collection) -> Searchable:
    """What can be found of the front page of `collection`: it stands in the index as a story without steps does."""
    if collection.draft:
        return NOTHING
    text = " ".join(filter(None, (extract_text(collection.opening), extract_text(collection.notes))))
    entry = [
        collection.id,
        collection.lang,
        collection.title,
        shorten(collection.summary, LONGEST_SUMMARY),
        interface_words(collection.lang).page["collection"],
        [],
    ]
    words = " ".join(choose_words(text, WORDS_OF_STORY, known=f"{collection.title} {collection.summary}"))
    return Searchable(_write(entry), _write(words), -(-len(text) // 1000), _write([text]))


def write_index(
    entries: Sequence[str],
    words: Sequence[str],
    places: Iterable[SearchablePlace],
    *,
    lang: str,
    readers: Sequence[str] = (),
    languages: Iterable[str],
    stemmed: Sequence[str],
) -> str:
    """The script with the index of a site: its stories, its `places`, and what the dialog says.

    `entries` and `words` are as in `Searchable`, the words those of a large site alone. `lang` is the site's
    language, `languages` are those of its pages, `stemmed` those among them that have stems. `readers` of other
    languages have pages of places of their own.
    """
    said = {tag: interface_words(tag).search for tag in sorted({lang, *languages})}
    rows = [
        [leave_out_id(place.id, place.name), place.name, ", ".join(place.others), place.category, *_call(place)]
        for place in places
    ]
    fields = (
        f'"lang":{_write(lang)}',
        f'"readers":{_write(list(readers))}',
        f'"words":{_write(said)}',
        f'"stories":[{",".join(entries)}]',
        f'"texts":[{",".join(words)}]',
        f'"places":{_write(rows)}',
        f'"stemmed":{_write(list(stemmed))}',
    )
    return f"storymapSearch.give({{{','.join(fields)}}});\n"


def _call(place: SearchablePlace) -> tuple[str, ...]:
    """What other languages call a place, empty where that is its name; nothing where all call it so."""
    names = tuple("" if name == place.name else name for name in place.called)
    return names if any(names) else ()


def write_texts(story_id: str, texts: str) -> str:
    """The script with the texts of a story, as `make_searchable` gave them."""
    return f"storymapSearch.text({_write(story_id)},{texts});\n"


def extract_text(prose: Prose) -> str:
    """What a reader reads of `prose`: without its markup and the numbers of its notes, with what its pictures show."""
    parts = []
    for piece in prose:
        if isinstance(piece, Html):
            parts.append(html.unescape(_MARKUP.sub(_drop, _NOTE.sub("", piece.html))))
        elif isinstance(piece, Picture):
            parts.append(f" {piece.alt} ")
    return " ".join(_NOT_SAID.sub("", "".join(parts)).split())


def _drop(tag: re.Match[str]) -> str:
    """What is left of a tag: a blank, where words end with it."""
    return "" if tag[2] in _WITHIN_WORDS else " "


def _describe_step(story: Story, step: Step) -> list[str]:
    where = (*(place.name for place in step.places), *_list_layers(step.scene, story))
    return [
        leave_out_id(step.id, step.title),
        step.title,
        " · ".join(dict.fromkeys(where)),
        " ".join(_list_years(step)),
    ]


def leave_out_id(own_id: str, title: str) -> str:
    """The id of a step or a place; empty where it is made of the `title` in a way that the browser knows, too."""
    is_plain = (
        _PLAIN.fullmatch(title) and title.casefold() == title.lower() and not is_device(own_id.removesuffix("-1"))
    )
    return "" if is_plain and make_slug(title) == own_id else own_id


def _list_layers(scene: Scene, story: Story) -> Iterator[str]:
    """The names of the author's data and pictures that a map shows."""
    for layer in scene.layers:
        if isinstance(layer, (FeatureLayer, Image)) and layer.title != story.title:
            yield layer.title


def _list_years(step: Step) -> Iterator[str]:
    if step.when:
        days = (date.first_day for date in (step.when.start, step.when.end) if date)
        yield from dict.fromkeys(str(year) for year, _, _ in days if year > 0)


def choose_words(text: str, share: int, *, known: str = "") -> list[str]:
    """The words of `text` that tell most about it, the most telling first, with no more than `share` characters in all.

    Those are names and numbers, as far as capitals and digits show them, by how often they come, and then the longest
    words; none that `known` has.
    """
    seen = {word.casefold() for word in _WORD.findall(known)}
    found: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        found.setdefault(match[0][:LONGEST_WORD], []).append(match.start())
    names: dict[str, int] = {}
    others: list[str] = []
    for word, places in found.items():
        if len(word) < 3 or word.casefold() in seen:
            continue
        if any(map(str.isdigit, word)):
            names[word] = len(places)
        elif word[0].isupper() and (inside := sum(not _begins(text, at) for at in places)):
            names[word] = inside
        else:
            others.append(word)
    ranked = [
        *sorted(names, key=lambda word: (-names[word], -len(word), word)),
        *sorted(others, key=lambda word: (-len(word), word)),
    ]
    chosen = []
    for word in ranked:
        share -= len(word) + 1
        if share < 0:
            break
        chosen.append(word)
    return chosen


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins there, perhaps with quotation marks."""
    before = text[max(at - 4, 0) : at].rstrip(" \"'“„»«‘‚(")
    return not before or before.endswith(_ENDS)


def choose_stems(languages: Iterable[str], available: Iterable[str]) -> tuple[str, ...]:
    """The primary languages among `languages` for which stems are `available`."""
    return tuple(sorted({primary_language(lang) for lang in languages} & set(available)))


def _write(value: object) -> str:
    """`value` as JSON that may stand in a script, in a page or beside it, whatever reads it."""
    # Four times as fast as the standard library's, as for the data of pages.
    from pydantic_core import to_json

    text = to_json(value).decode().replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
