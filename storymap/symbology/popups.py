"""What a chosen feature tells: the values of columns as a table, or a Markdown text with `{column}` in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from storymap.errors import Location, Report
from storymap.language.numbers import say_value
from storymap.model.data import Dataset, Value
from storymap.model.layer import Popup
from storymap.reading.markdown import MarkdownPart
from storymap.reading.prose import ProseError, convert_prose
from storymap.reading.sanitise import sanitise_body
from storymap.symbology.columns import find_column

LONGEST = 2_000
"""Characters of a popup's text: more is no popup but a step."""

_SLOT = re.compile(r"\{([^{}\n]+)\}")
_MARK = re.compile(r"storymapvalue(\d+)x")


def read_popup(
    written: Sequence[str],
    dataset: Dataset,
    shown: Sequence[int],
    *,
    lang: str,
    at: Callable[..., Location],
    report: Report,
) -> Popup | None:
    """The popup that an author wrote as names of columns, or as one text; None, and told, where it has mistakes.

    Values stand in a text as the text that they are: they are escaped, and the whole is cleaned for each feature.
    """
    text = "\n\n".join(written)
    if not any(_SLOT.search(one) for one in written):
        columns = [find_column(dataset, name, at("popup"), report) for name in written]
        known = tuple(column for column in columns if column is not None)
        return Popup(columns=known) if len(known) == len(columns) else None
    names = list(dict.fromkeys(name.strip() for name in _SLOT.findall(text)))
    columns = [find_column(dataset, name, at("popup"), report) for name in names]
    if None in columns:
        return None
    if len(text) > LONGEST:
        report.error(
            "long-popup",
            f"the text of the popup has {len(text):,} characters",
            at("popup"),
            help=f"up to {LONGEST:,} can be read beside a map; tell the rest in the text of a step",
        )
        return None
    marked = _SLOT.sub(lambda slot: f"storymapvalue{names.index(slot[1].strip())}x", text)
    try:
        (body,) = convert_prose([MarkdownPart("", marked)]).bodies
    except ProseError as error:
        report.error("long-popup", f"the text of the popup {error}", at("popup"), help="write it more simply")
        return None
    return Popup(html=tuple(_fill(body.html, dataset.features[number].values, columns, lang) for number in shown))


def _fill(body: str, values: Sequence[Value], columns: Sequence[int | None], lang: str) -> str:
    def say(mark: re.Match[str]) -> str:
        column = columns[int(mark[1])]
        value = None if column is None else values[column]
        if value is None:
            return "–"
        return html.escape(value if isinstance(value, str) else say_value(value, lang))

    # Once more, because a value may have become the target of a link.
    return sanitise_body(_MARK.sub(say, body)).html
