"""Which features of a dataset a layer shows: those with the values that its author asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from storymap.errors import Location, Report
from storymap.model.data import Dataset, Value
from storymap.symbology.columns import find_column


def choose_features(
    dataset: Dataset, where: Mapping[str, Sequence[str]] | None, *, at: Callable[..., Location], report: Report
) -> tuple[int, ...]:
    """The numbers of the features that have, in each column of `where`, one of its values."""
    shown = list(range(len(dataset.features)))
    for name, wanted in (where or {}).items():
        column = find_column(dataset, name, at("where", name), report)
        if column is None:
            continue
        found = [number for number in shown if _is_one_of(dataset.features[number].values[column], wanted)]
        if not found:
            report.warning(
                "nothing-shown",
                f'no feature has {_say_wanted(wanted)} in the column "{name}"',
                at("where", name),
                help="look up how the file writes it",
            )
        shown = found
    return tuple(shown)


def _is_one_of(value: Value, wanted: Sequence[str]) -> bool:
    if isinstance(value, str) or value is None:
        return (value or "").strip() in wanted
    return any(_read_number(text) == value for text in wanted)


def _read_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _say_wanted(wanted: Sequence[str]) -> str:
    return " or ".join(f'"{text}"' for text in wanted)
