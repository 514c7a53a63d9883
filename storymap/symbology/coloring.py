"""A column becomes colours: its numbers in classes, or its values as categories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.language.numbers import count_decimals, is_number_pattern, say_value
from storymap.language.words import interface_words
from storymap.model.data import Dataset, Value
from storymap.model.layer import ColorClass
from storymap.model.sign import Sign
from storymap.reading.layer_fields import ColorFields
from storymap.symbology.breaks import Scheme, find_breaks, find_class
from storymap.symbology.categories import DARK_GROUNDS, LIGHT_GROUNDS
from storymap.symbology.columns import find_column, list_values, read_numbers
from storymap.symbology.contrast import is_lost, make_seen
from storymap.symbology.fills import read_color
from storymap.symbology.palettes import DISTINCT, PALETTES, SAFE_INSTEAD, SEQUENTIAL, Palette
from storymap.text.ordering import order_naturally
from storymap.text.suggesting import ask_nearest

SCHEMES = ("quantiles", "equal", "natural", "breaks", "categories")
CLASSES, FEWEST, MOST = 5, 2, 9
"""How many classes there are where the author says nothing, and how many there can be."""

MISSING = "#c9c4ba"
"""The colour of what has no value: quiet on light ground and on dark."""

_LANDS = {"by light": LIGHT_GROUNDS["land"], "in the dark": DARK_GROUNDS["land"]}
"""What most data lies on."""

PLAIN = "#2f6f9f"
"""The colour of a layer whose author chose none."""


class Coloring(Struct, frozen=True):
    """The classes of a layer, the number of that of each shown feature, and the column that decides, if one does."""

    classes: tuple[ColorClass, ...]
    class_of: tuple[int, ...]
    by: int | None = None
    unit: str = ""


class ColorDesigner:
    """Settles the colours of one layer; `at` tells where the value at a path of keys is written.

    Values that are categories of the settings have the colours and titles of their `signs`, by names in lower case,
    unless the layer has a palette of its own.
    """

    def __init__(
        self,
        dataset: Dataset,
        fields: ColorFields,
        *,
        signs: Mapping[str, Sign],
        lang: str,
        at: Callable[..., Location],
        report: Report,
    ) -> None:
        self._dataset = dataset
        self._fields = fields
        self._signs = signs if fields.palette is None else {}
        self._lang = lang
        self._at = at
        self._report = report

    def color(self, shown: Sequence[int]) -> Coloring:
        """The colours of the features `shown`."""
        fields = self._fields
        if fields.by is not None:
            column = find_column(self._dataset, fields.by, self._at("color", "by"), self._report)
            coloring = None if column is None else self._color_by(column, shown)
            return coloring or self._color_alike(PLAIN, shown)
        fill = self._read_own(fields.fill, self._at("color")) if fields.fill else ""
        return self._color_alike(fill or PLAIN, shown)

    def _read_own(self, written: str, at: Location) -> str:
        """A colour of the author's; one that is lost on the map, by light or in the dark, is told."""
        color = read_color(written, at, self._report)
        lost = [name for name, ground in _LANDS.items() if color and is_lost(color, [ground])]
        if lost:
            self._report.warning(
                "lost-color",
                f'"{written}" can hardly be told from the land of the map {lost[0]}',
                at,
                help=f'write "{make_seen(color, tuple(_LANDS.values()))}", the nearest that is seen on either ground',
            )
        return color

    @staticmethod
    def _color_alike(color: str, shown: Sequence[int]) -> Coloring:
        return Coloring((ColorClass(color, ""),), (0,) * len(shown))

    def _color_by(self, column: int, shown: Sequence[int]) -> Coloring | None:
        fields, at, report = self._fields, self._at, self._report
        values = list_values(self._dataset, shown, column)
        if fields.scheme is not None and fields.scheme not in SCHEMES:
            report.error(
                "unknown-scheme",
                f'there is no scheme "{fields.scheme}"',
                at("color", "scheme"),
                help=ask_nearest(fields.scheme, SCHEMES, otherwise=f"schemes are {', '.join(SCHEMES)}", parts=False),
            )
            return None
        if fields.format and not is_number_pattern(fields.format):
            report.error(
                "bad-format",
                f'"{fields.format}" does not say how a number is written',
                at("color", "format"),
                help='write "0" for whole numbers, "0.0" for one decimal, "#,##0" for groups of thousands',
            )
            return None
        is_categorical = self._is_categorical(values)
        found = (self._choose_categories if is_categorical else self._choose_classes)(column, values)
        if found is None:
            return None
        classes, class_of = found
        if None in class_of:
            color = self._read_own(fields.missing, at("color", "missing")) if fields.missing else ""
            classes = (*classes, ColorClass(color or MISSING, interface_words(self._lang).page["no_data"]))
        last = len(classes) - 1
        unit = "" if is_categorical else fields.unit or self._dataset.columns[column].unit
        return Coloring(classes, tuple(last if number is None else number for number in class_of), column, unit)

    def _is_categorical(self, values: Sequence[Value]) -> bool:
        fields = self._fields
        if fields.scheme is not None:
            return fields.scheme == "categories"
        wants_numbers = fields.breaks is not None or fields.classes is not None
        return not wants_numbers and all(value is None or isinstance(value, str) for value in values) and any(values)

    def _choose_categories(
        self, column: int, values: Sequence[Value]
    ) -> tuple[tuple[ColorClass, ...], tuple[int | None, ...]] | None:
        """A colour for each value of the column, in whichever features, so that each keeps it from step to step.

        Where that takes too many colours, only those that are shown have one.
        """
        name = self._dataset.columns[column].name
        known = {feature.values[column] for feature in self._dataset.features} - {None}
        if not known:
            self._report.error(
                "empty-column",
                f'the column "{name}" has no value',
                self._at("color", "by"),
                help="name a column that has some",
            )
            return None
        palette = self._find_palette(DISTINCT)
        if palette is None:
            return None
        if len(known) > palette.most:
            known = set(values) - {None}
        texts = {value: value if isinstance(value, str) else self._say(cast("float", value)) for value in known}
        signs = {value: self._signs[text.casefold()] for value, text in texts.items() if text.casefold() in self._signs}
        ordered = sorted(known - signs.keys(), key=lambda value: order_naturally(texts[value]))
        if len(ordered) > palette.most:
            roomier = "paired" if len(ordered) <= PALETTES["paired"].most else ""
            self._report.error(
                "too-many-categories",
                f'the column "{name}" has {len(ordered):,} different values, and nobody tells so many colours apart',
                self._at("color", "by"),
                help=f"write `palette: {roomier}`, which has 12 colours"
                if roomier
                else "show some of them with `where`, or colour by a column with fewer",
            )
            return None
        self._check_safety(palette, len(ordered))
        colors = dict(zip(ordered, palette.pick(len(ordered), reverse=self._fields.reverse), strict=True))
        colors |= {value: sign.light.fill for value, sign in signs.items()}
        texts |= {value: sign.title for value, sign in signs.items()}
        seen = sorted(known & set(values), key=lambda value: order_naturally(texts[value]))
        classes = tuple(ColorClass(colors[value], texts[value]) for value in seen)
        return classes, tuple(None if value is None else seen.index(value) for value in values)

    def _choose_classes(
        self, column: int, values: Sequence[Value]
    ) -> tuple[tuple[ColorClass, ...], tuple[int | None, ...]] | None:
        """Classes of the numbers of the features that are shown."""
        numbers = read_numbers(values, self._dataset.columns[column].name, self._at("color", "by"), self._report)
        palette = self._find_palette(SEQUENTIAL)
        if numbers is None or palette is None:
            return None
        known = [number for number in numbers if number is not None]
        breaks = self._find_breaks(known)
        if breaks is None:
            return None
        count = len(breaks) + 1
        if count > palette.most:
            self._tell_bad_count(f"there are {count} classes, and {palette.name} has {palette.most} colours")
            return None
        self._check_safety(palette, count)
        colors = palette.pick(count, reverse=self._fields.reverse)
        classes = tuple(map(ColorClass, colors, self._say_classes(breaks, known)))
        return classes, tuple(None if number is None else find_class(number, breaks) for number in numbers)

    def _find_breaks(self, numbers: Sequence[float]) -> tuple[float, ...] | None:
        fields, at, report = self._fields, self._at, self._report
        if fields.breaks is not None or fields.scheme == "breaks":
            breaks = tuple(float(number) for number in fields.breaks or ())
            if breaks and all(before < after for before, after in pairwise(breaks)):
                return breaks
            report.error(
                "bad-breaks",
                "breaks have to rise, each higher than the one before" if breaks else "there are no breaks",
                at("color", "breaks") if breaks else at("color", "scheme"),
                help=f"write [{', '.join(f'{number:g}' for number in sorted(set(breaks)))}]"
                if breaks
                else "write them in brackets, such as `breaks: [10, 20, 50]`, or choose another scheme",
            )
            return None
        count = fields.classes if fields.classes is not None else CLASSES
        if count != int(count) or not FEWEST <= count <= MOST:
            self._tell_bad_count(f"there cannot be {count:g} classes")
            return None
        return find_breaks(numbers, cast("Scheme", fields.scheme or "quantiles"), int(count))

    def _tell_bad_count(self, message: str) -> None:
        self._report.error(
            "bad-classes",
            message,
            self._at("color", "classes" if self._fields.breaks is None else "breaks"),
            help=f"from {FEWEST} to {MOST} can be told apart; 5 is a good number",
        )

    def _find_palette(self, otherwise: Palette) -> Palette | None:
        written = self._fields.palette
        if written is None:
            return otherwise
        palette = PALETTES.get(written.lower())
        if palette is None:
            names = [palette.name for palette in PALETTES.values()]
            near = ask_nearest(written.lower(), PALETTES, parts=False)
            listed = ", ".join(names)
            self._report.error(
                "unknown-palette",
                f'there is no palette "{written}"',
                self._at("color", "palette"),
                help=near or f"palettes are {listed}",
            )
        return palette

    def _check_safety(self, palette: Palette, count: int) -> None:
        if count > palette.safe:
            self._report.note(
                "unsafe-palette",
                f"{count} colours of {palette.name} are not all told apart by people with a colour vision deficiency",
                self._at("color", "palette"),
                help=f"everybody tells those of `palette: {SAFE_INSTEAD[palette.kind]}` apart",
            )

    def _say_classes(self, breaks: Sequence[float], numbers: Sequence[float]) -> list[str]:
        words = interface_words(self._lang).page
        if not breaks:
            low, high = min(numbers), max(numbers)
            return [self._say(low) if low == high else _fill(words["class_between"], self._say(low), self._say(high))]
        decimals = max(map(count_decimals, breaks))
        said = [self._say(number, decimals) for number in breaks]
        return [
            words["class_below"].format(number=said[0]),
            *(_fill(words["class_between"], low, high) for low, high in pairwise(said)),
            words["class_from"].format(number=said[-1]),
        ]

    def _say(self, number: float, decimals: int | None = None) -> str:
        return say_value(number, self._lang, pattern=self._fields.format or "", decimals=decimals)


def _fill(word: str, first: str, last: str) -> str:
    return word.format(first=first, last=last)
