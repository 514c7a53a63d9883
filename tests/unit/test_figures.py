"""One file of figures: whole, read as it says, and copied nowhere."""

import re
from pathlib import Path

import pytest

from storymap.figures import FIGURES, Growth, LetterSize, letter_at
from storymap.look import LOOK

PACKAGE = Path(__file__).parents[2] / "storymap"
ROOMS = ("earth", "basemap", "layers", "drawing", "browser/src")
"""Where maps are drawn. `bundling` has tables of seas and islands, full of numbers."""

Leaf = tuple[str, tuple[float, ...]]


def list_leaves(value, path="") -> list[Leaf]:
    """The figures: where each stands, and its numbers."""
    if isinstance(value, int | float):
        return [(path, (float(value),))]
    if hasattr(value, "_asdict"):
        value = value._asdict()
    elif isinstance(value, tuple) and all(isinstance(one, int | float) for one in value):
        return [(path, tuple(map(float, value)))]
    elif isinstance(value, tuple):
        return [leaf for one in value for leaf in list_leaves(one, path)]
    return [leaf for name, one in value.items() for leaf in list_leaves(one, f"{path}.{name}".removeprefix("."))]


LEAVES = list_leaves(FIGURES)
ROWS = {values for _, values in LEAVES if len(values) > 2}
TELLING = {value for _, values in LEAVES for value in values if len(f"{value:g}".replace(".", "").strip("0")) > 3}
"""Numbers of four digits and more: like no other."""

WORDS = {(word.rstrip("s"), values) for path, values in LEAVES for word in path.split(".")[-1].split("_")}
"""Words in the names of figures."""

_COMMENT = re.compile(r'"""[\s\S]*?"""|/\*[\s\S]*?\*/|//.*|#.*')
_NUMBER = re.compile(r"(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?![\w.])")
_CONSTANT = re.compile(r"\s*(?:export )?(?:const )?([A-Z][A-Z_]+)\b[^=]*= *-?\d")


def find_copies(text: str) -> list[str]:
    """Lines of code that give a figure again: a number like no other, a row of them, or a constant of its name."""
    lines = (line for line in _COMMENT.sub("", text).splitlines() if _NUMBER.search(line))
    return [line.strip() for line in lines if _is_copy(line)]


def _is_copy(line: str) -> bool:
    numbers = tuple(float(number.replace("_", "")) for number in _NUMBER.findall(line))
    if TELLING.intersection(numbers) or any(
        numbers[at : at + len(row)] == row for row in ROWS for at in range(len(numbers) - len(row) + 1)
    ):
        return True
    constant = _CONSTANT.match(line)
    words = {word.rstrip("s") for word in constant[1].lower().split("_")} - {"zoom"} if constant else set()
    return any((word, numbers) in WORDS for word in words)


@pytest.mark.parametrize("room", ROOMS)
def test_no_figure_stands_twice(room):
    files = [path for path in (PACKAGE / room).rglob("*") if path.suffix in {".py", ".ts"}]
    copies = {path.name: found for path in files if (found := find_copies(path.read_text(encoding="utf-8")))}
    assert copies == {}


@pytest.mark.parametrize(
    "copy",
    [
        "const LIMIT = 85.0511;",
        "EQUATOR = 40_075.0",
        "export const BUILT_RADIUS = [0, 0.8, 1.6, 3, 5.5, 10, 7];",
        "GROUND_ZOOM = 10.0",
        "const DISC_REACH = 14;",
        "AIR: float = 2",
    ],
)
def test_a_copy_would_be_found(copy):
    assert find_copies(copy)


@pytest.mark.parametrize("other", ["MOST_LABELS = 52", "const MARGIN = 24;", "# GROUND_ZOOM = 10.0", "WIDE_ZOOM = 2.0"])
def test_another_number_is_no_copy(other):
    assert not find_copies(other)


def read_sources() -> str:
    """The code of all rooms without comments, and without the look, where names are like those here."""
    files = [p for room in (*ROOMS, "bundling") for p in (PACKAGE / room).rglob("*") if p.suffix in {".py", ".ts"}]
    texts = (_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in sorted(files))
    return re.sub(r"\blook\.\w+", "", "\n".join(texts), flags=re.IGNORECASE)


SOURCES = read_sources()


@pytest.mark.parametrize("path", sorted({path for path, _ in LEAVES if not path.startswith("lines.")}))
def test_every_figure_is_read(path):
    """As an attribute, or taken out of its part by its name: `const { dots } = figures.settlements`."""
    part, _, name = path.rpartition(".")
    camel = re.sub("_([a-z])", lambda letter: letter[1].upper(), name)
    taken = rf"\{{[^}}]*\b{camel}\b[^}}]*\}} = figures\.{part}\b"
    assert re.search(rf"\.({name}|{camel})\b|{taken}", SOURCES), f"nothing reads {path}"


def test_there_is_a_figure_for_every_size_of_a_settlement():
    sizes = FIGURES.settlements.capital + 1
    rows = (FIGURES.settlements.dots, FIGURES.settlements.built_radius, LOOK.settlements)
    assert [len(row) for row in rows] == [sizes] * 3


def test_a_figure_grows_between_its_zooms_and_stays_as_it_is_beyond():
    growth = Growth(zooms=(2, 10), values=(0.6, 1.4))
    assert [growth.at(zoom) for zoom in (0, 2, 6, 10, 12)] == pytest.approx([0.6, 0.6, 1.0, 1.4, 1.4])


def test_letters_are_those_of_the_last_zoom_that_was_passed():
    first, second = LetterSize(0, 10, 1), LetterSize(3, 11, 2)
    assert [letter_at((first, second), zoom) for zoom in (-1, 2.9, 3)] == [first, first, second]
