"""Give each step of a story its address: its `id:`, the `{#id}` of its heading, or what the heading makes."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.errors import Report
from storymap.reading.fields import StepFields
from storymap.reading.headings import Heading, locate_heading
from storymap.reading.layout import Part
from storymap.reading.text import TextSource
from storymap.text.slugs import OWN_PREFIX, is_slug, make_slug


def name_steps(
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
                    locate_heading(source, heading),
                    "give the step an id: of letters and digits",
                )
        chosen.append(written.id or given or slug)
        explicit.append(bool(written.id or given))
    taken = {name: number for number, name in reversed(list(enumerate(chosen))) if explicit[number]}
    wanted = frozenset(chosen)
    used: dict[str, None] = {}
    counts: dict[str, int] = {}
    for number, name in enumerate(chosen):
        where = locate_heading(source, steps[number].heading)
        if explicit[number] and taken[name] != number:
            report.error(
                "duplicate-id",
                f'two steps have the id "{name}"',
                fields[number].where("id") if fields[number].id else where,
                f"the other is in line {locate_heading(source, steps[taken[name]].heading).line}; give this one "
                f"another, such as {name}-2",
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
