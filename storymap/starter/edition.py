"""Begin an edition of a story in another language: its text, to be written over, under the ids of its steps.

It is a draft, so that nobody reads it half translated, and says which state of the original it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from storymap.addresses import split_edition
from storymap.errors import Report
from storymap.language.tags import is_language, name_variety, write_tag
from storymap.reading.edition_marks import write_marks
from storymap.reading.layout import lay_out
from storymap.reading.lines import Lines
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.story_files import list_story_files
from storymap.reading.text import read_text
from storymap.reading.titles import find_story_id
from storymap.starter.quoting import quote_yaml
from storymap.starter.writing import StartError
from storymap.text.suggesting import ask_nearest

_HEADING_ID = re.compile(r"[ \t]*\{:?[ \t]*#[^{}]*\}[ \t]*$")


def write_edition(stories: Path, title: str, original: str, lang: str, *, site_lang: str) -> Path:
    """Write an edition in `lang`, called `title`, of the story `original`, an id or a file, and return its file.

    `stories` is their folder, `site_lang` the language of stories that name none. Raises `StartError`.
    """
    if not is_language(lang):
        raise StartError(f'"{lang}" is no language', "name it by its code: cs, de, pt-BR")
    tag = write_tag(lang)
    source = _read_original(stories, original)
    if (source.front.lang or site_lang) == tag:
        raise StartError(f'"{source.name}" is in {name_variety(tag)} itself', "name the language of the translation")
    path = stories / PurePosixPath(source.name).relative_to("stories")
    file = path.with_name(f"{path.stem}.{tag}.md")
    if file.exists():
        shown = file.relative_to(stories.parent).as_posix()
        raise StartError(
            f'there is this edition: "{shown}"', "storymap check tells what has changed in the original since"
        )
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write("\n".join(_write(source, " ".join(title.split()))))
    except OSError as error:
        raise StartError(f'"{error.filename or file}" cannot be written: {error.strerror or error}') from error
    return file


def _read_original(stories: Path, name: str) -> StorySource:
    """The story called `name`; raises `StartError` where there is none, or it cannot be read."""
    files = {find_story_id(file.name): file for file in reversed(list_story_files(stories))}
    wanted = find_story_id(name) if name.endswith(".md") else name
    known = [one for one in files if not split_edition(one)[1]]
    if wanted not in known:
        help = ask_nearest(wanted, known, otherwise=f"the stories are {', '.join(known[:8])}")
        raise StartError(f'there is no story "{name}"', help)
    report = Report()
    file = files[wanted]
    text = read_text(file, file.relative_to(stories.parent).as_posix(), report)
    source = read_story(text, report) if text else None
    if source is None or not source.steps:
        raise StartError(f'"{file.name}" cannot be read', "mend it first: storymap check tells what is wrong")
    return source


def _write(source: StorySource, title: str) -> Iterator[str]:
    """The lines of the edition."""
    layout = lay_out(source.text, Report())
    yield "---"
    yield f"title: {quote_yaml(title)}"
    if source.front.summary:
        yield f"summary: {quote_yaml(source.front.summary)}"
    yield "draft: true"
    yield f"translates: {write_marks(source)}"
    layers = {name: layer.title for name, layer in source.front.layers.items() if layer.title}
    if layers:
        yield "layers:"
        yield from (f"  {quote_yaml(name)}: {{ title: {quote_yaml(said)} }}" for name, said in layers.items())
    yield "---"
    yield from _list_lines(source, layout.opening.body)
    for step, part in zip(source.steps, layout.steps, strict=True):
        assert part.heading is not None
        written = source.text.lines[part.heading.lines.first - 1].lstrip("# \t").rstrip("# \t")
        yield f"## {_HEADING_ID.sub('', written)}"
        yield f"id: {step.id}"
        yield from _list_lines(source, part.body)
    yield ""


def _list_lines(source: StorySource, body: Lines) -> Iterator[str]:
    """The lines of a text as they are written, between blank ones."""
    lines = [
        source.text.mended[number].written if number in source.text.mended else source.text.lines[number - 1]
        for number in range(body.first, body.last + 1)
    ]
    text = "\n".join(lines).strip("\n")
    yield from ("", *text.split("\n"), "") if text else ("",)
