"""Say what a story is called: its title for readers, and its id, which the file's name gives."""

from __future__ import annotations

import html
import unicodedata
from pathlib import PurePosixPath

from storymap.addresses import edition_id, story_page
from storymap.errors import Location, Report
from storymap.language.tags import split_language
from storymap.reading.fields import FrontMatter
from storymap.reading.headings import locate_heading
from storymap.reading.layout import Layout
from storymap.reading.sanitise import Title
from storymap.reading.story_files import COLLECTION_FILE, find_folder
from storymap.reading.text import TextSource
from storymap.text.slugs import OWN_PREFIX, RESERVED_STORIES, is_device, make_slug


def find_story_id(name: str) -> str:
    """The id of the story in the file `name` (a path), with the language that it says; empty where it makes none."""
    stem, language = split_language(PurePosixPath(name).stem)
    slug = make_slug(stem)
    return edition_id(slug, language) if slug and language else slug


def name_story(name: str, report: Report) -> str:
    """The id of the story in the file `name` (a path): its stem as a slug, and the language that it says.

    Names that are no address are reported.
    """
    stem, language = split_language(PurePosixPath(name).stem)
    slug = make_slug(stem)
    whole = Location(name)
    if not slug:
        report.error(
            "file-name",
            f'"{stem}" has no letter or digit to make an address of',
            whole,
            "rename the file: lower-case letters, digits and hyphens",
        )
        return "story"
    story_id = find_story_id(name)
    if slug in RESERVED_STORIES or is_device(stem) or slug.startswith(OWN_PREFIX):
        report.error(
            "reserved-name",
            f'a story cannot be called "{stem.lower() if is_device(stem) else slug}": '
            + ("Windows keeps this name for itself" if is_device(stem) else "the site has a page of that name"),
            whole,
            f"if it is to be the front page of its folder, rename it to {COLLECTION_FILE}"
            if slug == "index" and find_folder(name)
            else "rename the file",
        )
    elif slug != unicodedata.normalize("NFC", stem):
        report.note(
            "file-name",
            f'the address of "{PurePosixPath(name).name}" is {story_page(story_id)}',
            whole,
            f'name the file "{slug}{f".{language}" if language else ""}.md" to see at once what it is called',
        )
    return story_id


def choose_title(
    source: TextSource, layout: Layout, front: FrontMatter, heading: Title, report: Report
) -> tuple[str, str, Location]:
    """The story's title as text and as HTML, and where it is written; `heading` may be empty."""
    heading_at = locate_heading(source, layout.title)
    if front.title:
        if layout.title:
            tell_two_titles(front.title, heading.text, heading_at, report)
        return front.title, html.escape(front.title, quote=False), front.where("title")
    if layout.title and heading.text:
        return heading.text, heading.html, heading_at
    fallback = split_language(PurePosixPath(source.name).stem)[0].replace("-", " ").replace("_", " ").strip()
    fallback = fallback[:1].upper() + fallback[1:]
    if not front.wrote("title"):
        report.warning(
            "missing-title",
            f'this story has no title; it is called "{fallback}" after its file',
            source.at(1),
            "put title: into the front matter, between two lines of --- at the top",
        )
    return fallback, html.escape(fallback, quote=False), source.at(1)


def tell_two_titles(title: str, heading: str, at: Location, report: Report) -> None:
    """Tell of a `heading` at the top that says something else than the `title` in front matter."""
    if heading != " ".join(title.split()):
        report.warning(
            "two-titles",
            f'the title is "{title}", and this heading says something else',
            at,
            "delete the heading or the title: above",
        )
