"""Prepare the faces that pages are set in: `static/page_fonts/`, and `faces.json` there with how a page asks for them.

The faces are instances of Source Serif 4 and Source Sans 3, cut down to the scripts that a page in most languages of
Europe needs. Latin and Cyrillic are files of their own, so that a page loads what occurs in it. The licence reserves
the name "Source" for the faces as their makers publish them, so that these have names of ours.

Until a face is there, and where it never comes, letters of the system's are set in its place, as wide and as high as
those of the face: lines break at much the same words.
"""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from storymap.bundling import BundlingError

INDEX_NAME = "faces.json"

Hand = Literal["serif", "sans"]
Style = Literal["normal", "italic"]

FAMILIES: dict[Hand, str] = {"serif": "Storymap Serif", "sans": "Storymap Sans"}

SCRIPTS = {
    # Arrows are those of the interface. Accents that stand by themselves are composed by browsers.
    "latin": "20-7E,A0-17F,18F,218-21B,259,2BB-2BC,2C6-2C7,2D8-2DD,1E80-1E85,1E9E,2002-203A,2044,20AC,2116,2122,"
    "2190-2193,2196-2199,2212",
    "cyrillic": "301,400-45F,490-491,20B4",
}
"""The characters of each file of a face: no two files have one in common."""

LETTERS = "41-5A,61-7A,C0-D6,D8-F6,F8-17F,18F,218-21B,259,1E80-1E85,1E9E"
"""Those of Latin that are letters. A page in another script asks for a face only where these occur: blanks, digits and
signs it has from the fonts of its own script."""

_HYPHEN, _FIRM_HYPHEN = 0x2010, 0x2011
"""The second looks like the first, and not every face has it."""

_FEATURES = "kern mark ccmp locl liga pnum tnum onum lnum".split()
"""What sets text rightly, and the kinds of figures that the faces were drawn with. `mark` is for stressed Cyrillic."""

_NAMES = (0, 1, 2, 4, 6, 13, 14)


@dataclass(frozen=True, slots=True)
class _Face:
    """A face: the file of its package, and where on the axes of that it lies."""

    hand: Hand
    style: Style
    weights: str
    """The weights that it stands for, as CSS has them: what is bolder than the boldest is set in that."""
    package: str
    file: str
    axes: dict[str, float]

    @property
    def name(self) -> str:
        """How its files are called."""
        return f"{self.hand}-{self.axes['wght']:g}{'-italic' if self.style == 'italic' else ''}"


_SERIF, _SANS = "fontpkg-source-serif-4", "fontpkg-source-sans-3"
_ROMAN, _ITALIC = "SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"
_FACES = (
    # Drawn for the size of text; the bolder one for that of headings, which are finer where they are larger.
    _Face("serif", "normal", "400", _SERIF, _ROMAN, {"wght": 400, "opsz": 16}),
    _Face("serif", "italic", "400", _SERIF, _ITALIC, {"wght": 400, "opsz": 16}),
    _Face("serif", "normal", "600 900", _SERIF, _ROMAN, {"wght": 600, "opsz": 28}),
    _Face("sans", "normal", "400 500", _SANS, "SourceSans3[wght].ttf", {"wght": 400}),
    _Face("sans", "normal", "600 900", _SANS, "SourceSans3[wght].ttf", {"wght": 600}),
)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A font of common systems: its names there by style and weights, each with how wide it is on average."""

    hand: Hand
    family: str
    faces: tuple[tuple[Style, str, tuple[str, ...], float], ...]
    """Widths in thousandths of its size, of the letters of `_SAMPLE`; those of Georgia are Gelasio's, made as wide."""


_LIKENESSES = (
    _Likeness(
        "serif",
        "Fitted Georgia",
        (
            ("normal", "400", ("Georgia", "Gelasio"), 456.6),
            ("italic", "400", ("Georgia Italic", "Gelasio Italic"), 465.5),
            ("normal", "600 900", ("Georgia Bold", "Gelasio Bold"), 530.2),
        ),
    ),
    _Likeness(
        "serif",
        "Fitted Noto Serif",
        (
            ("normal", "400", ("Noto Serif",), 495.4),
            ("italic", "400", ("Noto Serif Italic",), 480.5),
            ("normal", "600 900", ("Noto Serif Bold",), 524.2),
        ),
    ),
    _Likeness(
        "serif",
        "Fitted Times",
        (
            ("normal", "400", ("Liberation Serif", "Times New Roman"), 417.1),
            ("italic", "400", ("Liberation Serif Italic", "Times New Roman Italic"), 416.7),
            ("normal", "600 900", ("Liberation Serif Bold", "Times New Roman Bold"), 442.7),
        ),
    ),
    _Likeness(
        "sans",
        "Fitted Arial",
        (
            ("normal", "400 500", ("Arial", "Liberation Sans"), 463.0),
            ("normal", "600 900", ("Arial Bold", "Liberation Sans Bold"), 493.3),
        ),
    ),
    _Likeness(
        "sans",
        "Fitted Roboto",
        (
            ("normal", "400 500", ("Roboto",), 459.4),
            ("normal", "600 900", ("Roboto Bold",), 465.2),
        ),
    ),
)
"""In the order in which they are tried: Windows and Apple's systems have the first of each hand, Android the second,
and others that of Times."""

_SAMPLE = (
    "A story begins where a map has a name. In May two prime ministers spoke by telephone, and the hall between them "
    "stayed empty. Příběh začíná tam, kde má mapa jméno. V květnu spolu mluvili po telefonu dva předsedové vlád a sál "
    "zůstal prázdný. Eine Geschichte beginnt dort, wo die Karte einen Namen hat. Opowieść zaczyna się tam, gdzie mapa "
    "ma nazwę. Une histoire commence là où la carte porte un nom. Una historia empieza donde el mapa tiene un nombre."
)
"""A text by which fonts are compared."""


def prepare_page_fonts(*, out: Path) -> None:
    """Write the faces and their index to the folder `out`. Raises `BundlingError` where one cannot be had."""
    out.mkdir(parents=True, exist_ok=True)
    faces: list[dict[str, Any]] = []
    widths: dict[tuple[Hand, Style, str], float] = {}
    lines: dict[Hand, tuple[float, float]] = {}
    for face in _FACES:
        source = _find_source(face)
        for script, characters in SCRIPTS.items():
            name = f"{face.name}-{script}.woff2"
            font = _cut_font(source, face, characters)
            font.save(out / name)
            faces.append({"file": name, "script": script, **_describe(face)})
            if script == "latin":
                widths[face.hand, face.style, face.weights] = _measure_sample(font)
                lines[face.hand] = _read_lines(font)
    fitted = [
        {
            "family": likeness.family,
            "style": style,
            "weight": weights,
            "local": list(local),
            **_fit(widths[likeness.hand, style, weights] / width, *lines[likeness.hand]),
        }
        for likeness in _LIKENESSES
        for style, weights, local, width in likeness.faces
    ]
    families = {
        hand: [family, *(likeness.family for likeness in _LIKENESSES if likeness.hand == hand)]
        for hand, family in FAMILIES.items()
    }
    ranges = {script: write_range(characters) for script, characters in (*SCRIPTS.items(), ("letters", LETTERS))}
    index = {"families": families, "ranges": ranges, "faces": faces, "fitted": fitted}
    (out / INDEX_NAME).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def _find_source(face: _Face) -> Path:
    try:
        distribution = importlib.metadata.distribution(face.package)
    except importlib.metadata.PackageNotFoundError as error:
        raise BundlingError(f'"{face.package}" is not installed, which has the faces of pages: use pip') from error
    for file in distribution.files or ():
        if file.name == face.file:
            return Path(str(distribution.locate_file(file)))
    raise BundlingError(f'the font "{face.file}" is not in "{face.package}"')


def _cut_font(source: Path, face: _Face, characters: str) -> TTFont:
    """The instance of `face` with these characters alone, under its name of ours, as WOFF2."""
    options = subset.Options(
        hinting=False,
        layout_features=_FEATURES,
        name_IDs=list(_NAMES),
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "BASE", "DSIG", "meta"],
    )
    font = TTFont(source, recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.setdefault(_FIRM_HYPHEN, table.cmap[_HYPHEN])
    cut = subset.Subsetter(options)
    cut.populate(unicodes=subset.parse_unicodes(characters))
    cut.subset(font)
    font = instantiateVariableFont(font, face.axes, inplace=True)
    for table in ("STAT", "MVAR", "HVAR", "avar"):
        font.tables.pop(table, None)
        font.reader.tables.pop(table, None)
    names = font["name"]
    family = FAMILIES[face.hand]
    for number, text in ((1, family), (2, "Regular"), (4, f"{family} {face.name}"), (6, f"Storymap-{face.name}")):
        names.setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


def _describe(face: _Face) -> dict[str, str]:
    """What a face is asked for by."""
    return {"family": FAMILIES[face.hand], "style": face.style, "weight": face.weights}


def write_range(characters: str) -> str:
    """`characters` as `unicode-range` has them."""
    return ",".join(f"U+{part}" for part in characters.split(","))


def _measure_sample(font: TTFont) -> float:
    """How wide the letters of `_SAMPLE` are on average, in thousandths of the size."""
    names, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[names[ord(letter)]][0] for letter in _SAMPLE)
    return float(total / len(_SAMPLE) / font["head"].unitsPerEm * 1000)


def _read_lines(font: TTFont) -> tuple[float, float]:
    """How far a line reaches above its letters' foot and below it, in sizes."""
    units = font["head"].unitsPerEm
    return font["hhea"].ascent / units, -font["hhea"].descent / units


def _fit(size: float, ascent: float, descent: float) -> dict[str, str]:
    """What makes a font of the system as wide as a face, and its lines as high, in percent as CSS has it."""
    return {
        "size-adjust": f"{size * 100:.1f}%",
        "ascent-override": f"{ascent / size * 100:.1f}%",
        "descent-override": f"{descent / size * 100:.1f}%",
        "line-gap-override": "0%",
    }
