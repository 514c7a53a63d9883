"""Read a collection: the folder of stories that a `_collection.md` makes one, from the text of that file.

It is read as a story is, but for its steps: all of its prose stands on the front page of the collection, in which a
`## heading` is a heading.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import front_page_id
from storymap.errors import Location, Report
from storymap.language.tags import split_language
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.dropped import tell_losses
from storymap.reading.field_reading import read_fields
from storymap.reading.finding import TargetFinder
from storymap.reading.foreign import tell_foreign
from storymap.reading.headings import locate_heading
from storymap.reading.layout import Layout, Part, lay_out
from storymap.reading.lines import Lines
from storymap.reading.outline import StoryReferences, list_links
from storymap.reading.pasted import mend_pasted
from storymap.reading.pieces import cut_prose
from storymap.reading.plain import read_plainly
from storymap.reading.references import check_anchors, check_notes, check_pictures
from storymap.reading.silences import read_silences
from storymap.reading.story import convert_parts
from storymap.reading.story_files import COLLECTION_FILE
from storymap.reading.text import TextSource
from storymap.reading.titles import tell_two_titles
from storymap.reading.written import WrittenPage, WrittenProse
from storymap.reading.yaml_mapping import YamlMapping, parse_yaml
from storymap.text.slugs import OWN_PREFIX, RESERVED_FOLDERS, is_device, make_slug


class CollectionSource(Struct, WrittenPage, frozen=True):
    """A collection as written.

    `id` comes from the folder's name, and the language that the file's says, and names its page. `lang` is the language
    that it is in, empty for that of the site. `opening` is all of its prose but its `notes`, footnotes.
    `at` is the title, or the file where it has none.
    """

    id: str
    title: str
    lang: str
    front: CollectionFields
    opening: WrittenProse
    notes: WrittenProse
    at: Location
    text: TextSource

    @property
    def name(self) -> str:
        """The path of its file, relative to the project."""
        return self.text.name

    @property
    def prose(self) -> Iterator[WrittenProse]:
        """Every part of its prose, in order."""
        yield self.opening
        yield self.notes

    @property
    def references(self) -> StoryReferences:
        """Every name of a place in it."""
        links, notes = list_links(self.opening.map_links), list_links(self.notes.map_links)
        return StoryReferences(self.name, links, (), notes, lang=self.lang)

    def take_from(self, original: CollectionSource) -> CollectionSource:
        """The collection with what it takes from the `original`, of which it is the edition in another language."""
        kept = {name: getattr(original.front, name) for name in _OF_ALL if not self.front.wrote(name)}
        kept["credits"] = {**original.front.credits, **self.front.credits}
        return replace(self, front=self.front.model_copy(update=kept))


_OF_ALL = ("cover", "order", "lead", "tags")
"""Keys that are alike in all languages of a collection, where they are not written again."""


def read_collection(source: TextSource, report: Report) -> CollectionSource | None:
    """Read the collection in `source`, reporting every mistake; None where nothing can be made of it."""
    collection_id = name_collection(source.name, report)
    source = mend_pasted(source, report)
    layout = _lay_out(source, report)
    read_silences(source, layout, report)
    lines, at = layout.front, source.at(1)
    mapping = YamlMapping({}, {}, {}) if lines.empty else parse_yaml(source, report, first=lines.first, last=lines.last)
    front = read_fields(CollectionFields, mapping, report, at=at)
    prose = convert_parts(source, layout, report)
    if prose is None:
        return None
    plain = read_plainly(source)
    finders = [TargetFinder(plain, layout.opening.body), TargetFinder(plain, Lines(1, len(source.lines)))]
    cleaned = (*prose.bodies, prose.notes)
    opening, notes = (cut_prose(one.html, finder.find, top=2) for one, finder in zip(cleaned, finders, strict=True))
    tell_foreign(plain, [layout.opening.body], report)
    for one, finder in zip(cleaned, finders, strict=True):
        tell_losses(one.losses, finder, report)
    check_notes(plain, prose, notes, report)
    check_anchors((), [(opening, finders[0]), (notes, finders[1])], report)
    check_pictures((opening, notes), report)
    title, title_at = _choose_title(source, layout, front, prose.titles[0].text, report)
    lang = front.lang or split_language(PurePosixPath(source.name).stem)[1]
    return CollectionSource(collection_id, title, lang, front, opening, notes, title_at, source)


def name_collection(name: str, report: Report) -> str:
    """The id of the collection whose file is `name`, a path: its folder's name as a slug, and the file's language.

    What makes no address is reported.
    """
    folder = PurePosixPath(name).parent.name
    slug, whole = make_slug(folder), Location(name)
    if not slug:
        message = f'"{folder}" has no letter or digit to make an address of'
        report.error("file-name", message, whole, "rename the folder: lower-case letters, digits and hyphens")
        return front_page_id("collection")
    if slug in RESERVED_FOLDERS or is_device(folder) or slug.startswith(OWN_PREFIX):
        why = "Windows keeps this name for itself" if is_device(folder) else "the site has a folder of that name"
        report.error("reserved-name", f'a collection cannot be called "{slug}": {why}', whole, "rename the folder")
    return front_page_id(slug, split_language(PurePosixPath(name).stem)[1])


def _lay_out(source: TextSource, report: Report) -> Layout:
    """The file as one part, the opening: what would begin a step of a story is a heading here."""
    told = Report()
    layout = lay_out(source, told)
    for problem in told.problems:
        if problem.code in _OF_FRONT_MATTER:
            report.add(problem)
    opening = layout.opening.body
    return Layout(layout.front, layout.title, Part(None, Lines(1, 0), Lines(opening.first, len(source.lines))), ())


_OF_FRONT_MATTER = frozenset(
    {
        *("toml-front-matter", "json-front-matter", "misplaced-front-matter", "unclosed-front-matter"),
        *("second-title", "heading-space"),
    }
)
"""What is told of the outline of a story that holds for a collection, too."""


def _choose_title(
    source: TextSource, layout: Layout, front: CollectionFields, heading: str, report: Report
) -> tuple[str, Location]:
    """The collection's title, and where it is written."""
    heading_at = locate_heading(source, layout.title)
    if front.title:
        if layout.title:
            tell_two_titles(front.title, heading, heading_at, report)
        return front.title, front.where("title")
    if layout.title and heading:
        return heading, heading_at
    folder = posixpath.basename(posixpath.dirname(source.name))
    fallback = folder.replace("-", " ").replace("_", " ").strip()
    fallback = fallback[:1].upper() + fallback[1:]
    if not front.wrote("title"):
        report.warning(
            "missing-title",
            f'this collection has no title; it is called "{fallback}" after its folder',
            source.at(1) if source.lines else Location(source.name),
            f"put title: into the front matter of {COLLECTION_FILE}, between two lines of --- at the top",
        )
    return fallback, source.at(1) if source.lines else Location(source.name)
