"""Read one story: from the text of its file to a `StorySource`, with every mistake of it in the report.

The stages: cut the text into parts, parse their fields, convert their prose, give each step its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from storymap.errors import Location, Report
from storymap.language.tags import split_language, write_tag
from storymap.reading.dropped import tell_losses
from storymap.reading.editions import inherit, read_blocks
from storymap.reading.field_reading import read_fields
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.finding import TargetFinder
from storymap.reading.foreign import tell_foreign
from storymap.reading.front_matter import REFUSED
from storymap.reading.headings import locate_heading
from storymap.reading.layout import Layout, Part, lay_out
from storymap.reading.lines import Lines
from storymap.reading.markdown import MarkdownPart
from storymap.reading.pasted import mend_pasted
from storymap.reading.pieces import cut_prose
from storymap.reading.plain import read_plainly
from storymap.reading.prose import ProseError, StoryProse, convert_prose, convert_prose_bounded
from storymap.reading.references import check_anchors, check_cover, check_notes, check_pictures
from storymap.reading.shapes import Shape, judge_shape
from storymap.reading.silences import read_silences
from storymap.reading.source import StepSource, StorySource
from storymap.reading.step_ids import name_steps
from storymap.reading.text import TextSource
from storymap.reading.titles import choose_title, name_story

MAX_STEPS = 500
"""Most steps of one story; nobody scrolls through more."""


def read_story(source: TextSource, report: Report, *, original: StorySource | None = None) -> StorySource | None:
    """Read the story in `source`, reporting every mistake; None where no story can be made of it.

    If it is an edition of the story `original` in another language, it takes from that what it does not write. A story
    with mistakes is still returned where its text could be converted, so that later stages find theirs in the same run.
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
    told = len(report.errors)
    language = split_language(PurePosixPath(source.name).stem)[1]
    blocks = read_blocks(source, layout, MAX_STEPS, report)
    if original:
        blocks = inherit(blocks, source, layout, original, language, report)
    found = Report()
    front = read_fields(FrontMatter, blocks.front, found, at=source.at(1))
    is_whole = not found.errors
    fields = [
        read_fields(StepFields, block, found, at=locate_heading(source, step.heading))
        for step, block in zip(layout.steps, blocks.steps, strict=False)
    ]
    for problem in found.problems:
        if problem.at.path == source.name:  # what is wrong with the original is told where that is read
            report.add(problem)
    _check_language(front, language, report)
    refused = any(problem.code in REFUSED and problem.at.path == source.name for problem in report.errors)
    front_is_whole = is_whole and len(report.errors) == told and not refused
    return make_source(story_id, source, layout, front, fields, report, front_is_whole=front_is_whole)


def make_source(
    story_id: str,
    source: TextSource,
    layout: Layout,
    front: FrontMatter,
    fields: Sequence[StepFields],
    report: Report,
    *,
    front_is_whole: bool = True,
) -> StorySource | None:
    """The story whose parts are laid out in `source` and whose fields are read.

    None, and told, where it cannot be made. `front_is_whole` says that nothing of the front matter was refused.
    """
    if len(layout.steps) > MAX_STEPS:
        report.error(
            "too-many-steps",
            f"this story has {len(layout.steps):,} steps; at most {MAX_STEPS:,} are read",
            locate_heading(source, layout.steps[MAX_STEPS].heading),
            "split it into several stories",
        )
        return None
    prose = convert_parts(source, layout, report)
    if prose is None:
        return None
    parts = (layout.opening, *layout.steps)
    plain = read_plainly(source)
    finders = [*(TargetFinder(plain, part.body) for part in parts), TargetFinder(plain, Lines(1, len(source.lines)))]
    cleaned = (*prose.bodies, prose.notes)
    opening, *bodies, notes = (cut_prose(one.html, finder.find) for one, finder in zip(cleaned, finders, strict=True))
    titled = Report()
    title, title_html, title_at = choose_title(source, layout, front, prose.titles[0], titled)
    if front_is_whole:  # a title may stand in what could not be read
        report.include(titled)
    ids = name_steps(source, layout.steps, fields, [title.text for title in prose.titles[1:]], report)
    steps = tuple(
        StepSource(number, name, title.text, title.html, body, written, locate_heading(source, part.heading), part.body)
        for number, (name, title, body, written, part) in enumerate(
            zip(ids, prose.titles[1:], bodies, fields, layout.steps, strict=True), 1
        )
    )
    if not steps:
        report.error(
            "no-steps",
            "this story has no steps",
            title_at,
            "a step begins with ## and a heading; below it stands place: and where it happens",
        )
    tell_foreign(plain, [part.body for part in parts], report)
    for part, heading in zip(parts, prose.titles, strict=True):
        named = layout.title if part is layout.opening else part.heading
        if heading.dropped and part is not layout.opening:
            report.warning(
                "heading-link",
                "a heading can hold no link, picture or footnote; its text is kept",
                locate_heading(source, named),
                "put it into the text below",
            )
        if named and heading.losses:
            tell_losses(heading.losses, TargetFinder(plain, named.lines), report)
    for one, finder in zip(cleaned, finders, strict=True):
        tell_losses(one.losses, finder, report)
    check_notes(plain, prose, notes, report)
    check_anchors(ids, [*zip((opening, *bodies, notes), finders, strict=True)], report)
    check_pictures((opening, *bodies, notes), report)
    check_cover(front, report)
    return StorySource(story_id, title, title_html, front, opening, steps, notes, title_at, source)


def _check_language(front: FrontMatter, language: str, report: Report) -> None:
    """Report a language that is not that of the file's name, which is empty for a story that is no edition."""
    if language and front.lang and write_tag(front.lang) != language:
        report.error(
            "edition-language",
            f'the name of the file says "{language}", and this says "{front.lang}"',
            front.where("lang"),
            "leave lang: out, or rename the file",
        )
    if front.translates is not None and not language:
        report.error(
            "not-an-edition",
            "this story is no edition of another: the name of its file says no language",
            front.where_key("translates"),
            "name it after its original and its language: declaration.cs.md beside declaration.md",
        )


def convert_parts(source: TextSource, layout: Layout, report: Report) -> StoryProse | None:
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
