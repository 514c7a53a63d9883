"""Read one story: from the text of its file to a `StorySource`, with every mistake of it in the report.

The stages: cut the text into parts, parse their fields, convert their prose, give each step its address.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from storymap.errors import Location, Report
from storymap.reading.dropped import tell_losses
from storymap.reading.fields import FieldsT, FrontMatter, StepFields, read_fields
from storymap.reading.finding import TargetFinder
from storymap.reading.foreign import tell_foreign
from storymap.reading.layout import Heading, Layout, Lines, Part, lay_out
from storymap.reading.markdown import MarkdownPart
from storymap.reading.pasted import mend_pasted
from storymap.reading.plain import PlainText, read_plainly
from storymap.reading.prose import ProseError, StoryProse, convert_prose, convert_prose_bounded
from storymap.reading.sanitise import Found, Prose, split_story_target
from storymap.reading.shapes import Shape, judge_shape
from storymap.reading.silences import read_silences
from storymap.reading.source import StepSource, StorySource, WrittenLink, WrittenPicture, WrittenStoryLink
from storymap.reading.text import TextSource
from storymap.reading.yaml_mapping import YamlMapping, parse_yaml
from storymap.text.shortening import shorten
from storymap.text.slugs import OWN_PREFIX, RESERVED_STORIES, is_device, is_slug, make_slug
from storymap.text.suggesting import find_nearest

MAX_STEPS = 500
"""Most steps of one story; nobody scrolls through more."""


def read_story(source: TextSource, report: Report, *, allow_remote_pictures: bool = False) -> StorySource | None:
    """Read the story in `source`, reporting every mistake; None where no story can be made of it.

    A story with mistakes is still returned where its text could be converted, so that later stages find theirs in the
    same run.
    `allow_remote_pictures` lets pictures come from other servers, which every reader's browser then asks.
    """
    story_id = name_story(source.name, report)
    if not source.text.strip():
        report.error(
            "empty-story",
            "this file is empty",
            Location(source.name),
            "a story has a title, and steps that begin with ## and a heading",
        )
        return None
    source = mend_pasted(source, report)
    layout = lay_out(source, report)
    read_silences(source, layout, report)
    if len(layout.steps) > MAX_STEPS:
        report.error(
            "too-many-steps",
            f"this story has {len(layout.steps):,} steps; at most {MAX_STEPS:,} are read",
            _locate(source, layout.steps[MAX_STEPS].heading),
            "split it into several stories",
        )
        return None
    told = len(report.errors)
    front = _read_block(FrontMatter, source, layout.front, report, at=source.at(1))
    front_is_whole = len(report.errors) == told and not source.lines[0].startswith("+++")
    fields = [
        _read_block(StepFields, source, step.fields, report, at=_locate(source, step.heading)) for step in layout.steps
    ]
    prose = _convert(source, layout, report)
    if prose is None:
        return None
    parts = (layout.opening, *layout.steps)
    plain = read_plainly(source)
    finders = [TargetFinder(plain, part.body) for part in parts]
    titled = Report()
    title, title_html, title_at = _choose_title(source, layout, front, prose, titled)
    if front_is_whole:  # a title may stand in what could not be read
        report.include(titled)
    ids = _name_steps(source, layout.steps, fields, [title.text for title in prose.titles[1:]], report)
    steps = tuple(
        StepSource(
            number=number + 1,
            id=ids[number],
            title=prose.titles[number + 1].text,
            title_html=prose.titles[number + 1].html,
            html=prose.bodies[number + 1].html,
            fields=fields[number],
            links=_locate_links(prose.bodies[number + 1].map_links, finders[number + 1]),
            at=_locate(source, step.heading),
            body=step.body,
        )
        for number, step in enumerate(layout.steps)
    )
    if not steps:
        report.error(
            "no-steps",
            "this story has no steps",
            title_at,
            "a step begins with ## and a heading; below it stands place: and where it happens",
        )
    whole = TargetFinder(plain, Lines(1, len(source.lines)))
    bodies = [*zip(prose.bodies, finders, strict=True), (prose.notes, whole)]
    tell_foreign(plain, [part.body for part in parts], report)
    _check_headings(steps, prose, report)
    for part, heading in zip(parts, prose.titles, strict=True):
        named = layout.title if part is layout.opening else part.heading
        if named and heading.losses:
            tell_losses(heading.losses, TargetFinder(plain, named.lines), report)
    for body, finder in bodies:
        tell_losses(body.losses, finder, report)
    _check_notes(plain, prose, report)
    _check_anchors(ids, bodies, report)
    return StorySource(
        id=story_id,
        title=title,
        title_html=title_html,
        front=front,
        opening_html=prose.bodies[0].html,
        opening_links=_locate_links(prose.bodies[0].map_links, finders[0]),
        notes_html=prose.notes.html,
        notes_links=_locate_links(prose.notes.map_links, whole),
        steps=steps,
        story_links=tuple(_locate_story_link(found, finder) for body, finder in bodies for found in body.story_links),
        file_links=tuple(link for body, finder in bodies for link in _locate_links(body.file_links, finder)),
        pictures=_locate_pictures(bodies, report, allow_remote=allow_remote_pictures),
        at=title_at,
        text=source,
    )


def name_story(name: str, report: Report) -> str:
    """The id of the story in the file `name` (a path): its stem as a slug. Names that are no address are reported."""
    stem = PurePosixPath(name).stem
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
    if slug in RESERVED_STORIES or is_device(stem) or slug.startswith(OWN_PREFIX):
        report.error(
            "reserved-name",
            f'a story cannot be called "{stem.lower() if is_device(stem) else slug}": '
            + ("Windows keeps this name for itself" if is_device(stem) else "the site has a page of that name"),
            whole,
            "rename the file",
        )
    elif slug != unicodedata.normalize("NFC", stem):
        report.note(
            "file-name",
            f'the address of "{PurePosixPath(name).name}" is {slug}.html',
            whole,
            f'name the file "{slug}.md" to see at once what it is called',
        )
    return slug


def _read_block(model: type[FieldsT], source: TextSource, lines: Lines, report: Report, *, at: Location) -> FieldsT:
    """The fields in `lines` of the source, all defaults where there are none."""
    mapping = YamlMapping({}, {}, {}) if lines.empty else parse_yaml(source, report, first=lines.first, last=lines.last)
    return read_fields(model, mapping, report, at=at)


def _locate(source: TextSource, heading: Heading | None) -> Location:
    """Where a heading's text stands."""
    return source.at(heading.lines.first, heading.column, len(heading.text)) if heading else source.at(1)


def _convert(source: TextSource, layout: Layout, report: Report) -> StoryProse | None:
    """The prose of all parts as safe HTML; None, with the reason and its line in the report, where it cannot be."""
    parts = (layout.opening, *layout.steps)
    written = [
        MarkdownPart(
            heading.text if (heading := layout.title if part is layout.opening else part.heading) else "",
            "\n".join(source.lines[part.body.first - 1 : part.body.last]),
        )
        for part in parts
    ]
    # Lines of fields are of no harm here, so the whole text is judged at once.
    judged = judge_shape(source, Lines(layout.opening.body.first, len(source.lines)))
    help = "break it up; markup that is meant as text can stand in a fenced code block (```)"
    if judged.shape is Shape.TOO_DEEP:
        report.error("too-deep", "this line is indented or quoted too deeply", source.at(judged.line), help)
        return None
    try:
        return convert_prose(written) if judged.shape is Shape.ORDINARY else convert_prose_bounded(written)
    except ProseError as error:
        line = judged.line if judged.shape is Shape.SUSPICIOUS else _find_part(source, parts, written)
        report.error("too-complex", f"the text around this line {error}", source.at(min(line, len(source.lines))), help)
        return None


def _find_part(source: TextSource, parts: Sequence[Part], written: Sequence[MarkdownPart]) -> int:
    """The longest line of the first part that cannot be converted by itself, where nothing looked suspicious."""
    for part, text in zip(parts, written, strict=True):
        try:
            convert_prose([text])
        except ProseError:
            return max(range(part.body.first, part.body.last + 1), key=lambda number: len(source.lines[number - 1]))
    return 1


def _choose_title(
    source: TextSource, layout: Layout, front: FrontMatter, prose: StoryProse, report: Report
) -> tuple[str, str, Location]:
    """The story's title as text and as HTML, and where it is written."""
    first = prose.titles[0]
    heading_at = _locate(source, layout.title)
    if front.title:
        if layout.title and first.text != " ".join(front.title.split()):
            report.warning(
                "two-titles",
                f'the title is "{front.title}", and this heading says something else',
                heading_at,
                "delete the heading or the title: above",
            )
        return front.title, html.escape(front.title, quote=False), front.where("title")
    if layout.title and first.text:
        return first.text, first.html, heading_at
    fallback = PurePosixPath(source.name).stem.replace("-", " ").replace("_", " ").strip()
    fallback = fallback[:1].upper() + fallback[1:]
    if not front.wrote("title"):
        report.warning(
            "missing-title",
            f'this story has no title; it is called "{fallback}" after its file',
            source.at(1),
            "put title: into the front matter, between two lines of --- at the top",
        )
    return fallback, html.escape(fallback, quote=False), source.at(1)


def _name_steps(
    source: TextSource, steps: Sequence[Part], fields: Sequence[StepFields], titles: Sequence[str], report: Report
) -> list[str]:
    """An address for every step: its `id:`, its `{#id}` or the slug of its heading; unique in the story."""
    chosen: list[str] = []
    explicit: list[bool] = []
    for number, (step, written, title) in enumerate(zip(steps, fields, titles, strict=True), 1):
        heading = step.heading
        assert heading is not None
        given = _read_heading_id(source, heading, report)
        if given and written.id and given != written.id:
            report.error(
                "two-ids",
                f'the heading says "{given}", the field says "{written.id}"',
                written.where("id"),
                "keep one of them",
            )
        slug = make_slug(title)
        if not slug or slug.startswith(OWN_PREFIX):
            slug = f"step-{number}"
            if not (written.id or given):
                report.warning(
                    "no-address",
                    f'no address can be made of this heading, so it is "{slug}"',
                    _locate(source, heading),
                    "give the step an id: of letters and digits",
                )
        chosen.append(written.id or given or slug)
        explicit.append(bool(written.id or given))
    taken = {name: number for number, name in reversed(list(enumerate(chosen))) if explicit[number]}
    wanted = frozenset(chosen)
    used: dict[str, None] = {}
    counts: dict[str, int] = {}
    for number, name in enumerate(chosen):
        where = _locate(source, steps[number].heading)
        if explicit[number] and taken[name] != number:
            report.error(
                "duplicate-id",
                f'two steps have the id "{name}"',
                fields[number].where("id") if fields[number].id else where,
                f"the other is in line {_locate(source, steps[taken[name]].heading).line}; give this one another, "
                f"such as {name}-2",
            )
        unique = name
        if name in used or (not explicit[number] and name in taken):
            while unique in used or unique in wanted:
                counts[name] = counts.get(name, 1) + 1
                unique = f"{name}-{counts[name]}"
            if not explicit[number]:
                report.warning(
                    "duplicate-heading",
                    f'another step has this heading, so its address is "{unique}"',
                    where,
                    "it changes when steps are moved: give the step an id: of its own, or another heading",
                )
        used[unique] = None
    return list(used)


def _read_heading_id(source: TextSource, heading: Heading, report: Report) -> str:
    if not heading.id or (is_slug(heading.id) and not heading.id.startswith(OWN_PREFIX)):
        return heading.id
    better = make_slug(heading.id).removeprefix(OWN_PREFIX)
    report.error(
        "bad-id",
        f'"{heading.id}" cannot be an address',
        source.at(heading.lines.first, heading.id_column, len(heading.id)),
        f"write {{#{better}}}" if better else "use lower-case letters, digits and hyphens",
    )
    return better


def _locate_links(found: Iterable[Found], finder: TargetFinder) -> tuple[WrittenLink, ...]:
    return tuple(WrittenLink(one.target, one.text, finder.find(one.target)) for one in found)


def _locate_story_link(found: Found, finder: TargetFinder) -> WrittenStoryLink:
    file, step = split_story_target(found.target)
    return WrittenStoryLink(found.target, file, step, found.text, finder.find(found.target))


def _locate_pictures(
    bodies: Sequence[tuple[Prose, TargetFinder]], report: Report, *, allow_remote: bool
) -> tuple[WrittenPicture, ...]:
    """The local pictures; those without alternative text and those from other servers are reported."""
    pictures = []
    for prose, finder in bodies:
        for found in prose.remote_pictures:
            if not allow_remote:
                report.error(
                    "remote-picture",
                    f'the picture "{shorten(found.target, 80)}" is on another server',
                    finder.find(found.target),
                    "every reader's browser would ask that server: save the picture beside the story",
                )
        for found in prose.pictures:
            at = finder.find(found.target)
            pictures.append(WrittenPicture(found.target, unquote(found.target.partition("?")[0]), found.text, at))
            if not found.text.strip():
                report.warning(
                    "missing-alt",
                    f'the picture "{shorten(found.target, 80)}" has no description',
                    at,
                    "say what it shows for those who cannot see it: ![the museum at night](museum.jpg)",
                )
    return tuple(pictures)


def _check_headings(steps: Sequence[StepSource], prose: StoryProse, report: Report) -> None:
    for step, title in zip(steps, prose.titles[1:], strict=True):
        if title.dropped:
            report.warning(
                "heading-link",
                "a heading can hold no link, picture or footnote; its text is kept",
                step.at,
                "put it into the text below",
            )


def _check_notes(plain: PlainText, prose: StoryProse, report: Report) -> None:
    """Footnotes that are referred to and not written, or the other way round."""
    finder = TargetFinder(plain, Lines(1, len(plain.source.lines)))
    written = [*prose.unused_notes, *(name.partition(":")[2] for name in prose.notes.ids if name.startswith("fn:"))]
    meant: dict[str, int] = {}  # notes that nothing refers to, and the line of each
    for name in prose.unknown_notes:
        near = find_nearest(name, written)
        help = f'did you mean "[^{near}]"?' if near else f"write it on a line of its own: [^{name}]: the note"
        if near in prose.unused_notes:  # either of the two may be the misspelt one
            if near not in meant:
                meant[near] = finder.find(near, before=r"^ {0,3}\[\^").line
            help = f'the note is written "[^{near}]" in line {meant[near]}: make them the same'
        report.error(
            "unknown-footnote",
            f'no footnote "{name}"',
            finder.find(name, before=r"\[\^"),
            help,
        )
    for name in prose.unused_notes:
        if name in meant:
            continue
        report.warning(
            "unused-footnote",
            f'nothing refers to the footnote "{name}", so it is left out',
            finder.find(name, before=r"^ {0,3}\[\^"),
            f"put [^{name}] where it belongs, or delete it",
        )


def _check_anchors(ids: Sequence[str], bodies: Sequence[tuple[Prose, TargetFinder]], report: Report) -> None:
    """Links to `#…` in this story that lead nowhere, and headings that take the address of another."""
    seen = dict.fromkeys(ids, "step")
    for prose, finder in bodies:
        for name in prose.ids:
            if name in seen:
                report.error(
                    "duplicate-id",
                    f'the id "{name}" is that of {"a step" if seen[name] == "step" else "another heading"}',
                    finder.find(name, before=r"#|id\s*=\s*[\"']?"),
                    f"give this heading another, such as {{#{name}-2}}",
                )
            seen[name] = "prose"
    for prose, finder in bodies:
        for found in prose.anchors:
            name = unicodedata.normalize("NFC", unquote(found.target[1:]))
            if name and name not in seen and not name.startswith(("fn:", "fnref")):
                report.error(
                    "unknown-anchor",
                    f'no step "{shorten(name, 80)}" in this story',
                    finder.find(found.target),
                    _suggest(name, list(seen)),
                )


def _suggest(name: str, ids: Sequence[str]) -> str:
    if near := find_nearest(name, ids):
        return f'did you mean "#{near}"?'
    return f"its steps are {', '.join('#' + one for one in ids)}" if ids else ""
