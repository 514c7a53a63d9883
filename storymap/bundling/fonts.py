"""Prepare the letters of pictures that are drawn when a site is built: `static/fonts/`, a font for each hand.

The fonts are Noto's, by npm packages, cut down to what languages need that are written in Latin, Greek, Cyrillic,
Arabic and Hebrew. Chinese, Japanese and Korean would weigh as much as all other data of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from storymap.bundling import BundlingError

_EUROPEAN = (
    "0000-017F,018F,0192,01A0,01A1,01AF,01B0,01CD-01DC,01E6-01EB,01FA-0233,0259,02BB-02BD,02C6,02C7,02D8-02DD,"
    "0300-030C,0323,0327,0328,0386-03CE,0400-045F,0490-04FF,1E02,1E03,1E0A-1E25,1E30-1E63,1E80-1E85,1E9E,1EA0-1EF9,"
    "2000-2044,20A0-20BF,2116,2122,2190-2193,2212"
)
"""Latin as the languages of Europe, Africa and Vietnam write it, modern Greek, Cyrillic, and the signs of all."""

_COMMON = "0020-007E,00A0,00AB,00B7,00BB,2009-200F,2010-2026,202F,2039,203A"
"""What a text in another script has from Latin: a line is set surely only where one font has all of it."""

_ARABIC = f"0600-06FF,0750-077F,{_COMMON}"
_HEBREW = f"0590-05FF,FB1D-FB4F,20AA,{_COMMON}"

_UNSEEN = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Marks that order text of both directions: they have no shape, and a renderer misses them where a font lacks them."""

_UNSEEN_TOO = 0x200F
"""One of these marks that the fonts have."""

_FEATURES = "kern mark mkmk ccmp locl liga rlig init medi fina isol calt rclt".split()
"""What a script needs to be set rightly; small capitals and other figures are left out."""

_NAMES = (0, 1, 2, 3, 4, 6, 13, 14, 16, 17)
"""Of a font's names: those that it is found by, and those of its makers and its licence."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A font of a package: where it stands in `node_modules`, and the characters that are kept."""

    file: str
    characters: str


_SOURCES = {
    "sans-400.ttf": _Source("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf", _EUROPEAN),
    "sans-600.ttf": _Source("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf", _EUROPEAN),
    "serif-600.ttf": _Source("@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf", _EUROPEAN),
    "arabic-600.ttf": _Source(
        "@expo-google-fonts/noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf", _ARABIC
    ),
    "hebrew-600.ttf": _Source(
        "@expo-google-fonts/noto-serif-hebrew/600SemiBold/NotoSerifHebrew_600SemiBold.ttf", _HEBREW
    ),
}
"""By the name of the file in `static/fonts/`."""


def prepare_fonts(*, node_modules: Path, out: Path) -> None:
    """Write the fonts to the folder `out`. Raises `BundlingError` where a package has no such font."""
    out.mkdir(parents=True, exist_ok=True)
    for name, source in _SOURCES.items():
        file = node_modules / source.file
        if not file.is_file():
            raise BundlingError(f'the font "{source.file}" is not in its package')
        _cut_font(file, source.characters, out / name)


def _cut_font(file: Path, characters: str, out: Path) -> None:
    options = subset.Options(
        hinting=False,
        layout_features=_FEATURES,
        name_IDs=list(_NAMES),
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "STAT", "MVAR", "DSIG", "meta"],
    )
    with TTFont(file, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap |= {mark: table.cmap[_UNSEEN_TOO] for mark in _UNSEEN if mark not in table.cmap}
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[*subset.parse_unicodes(characters), *_UNSEEN])
        cut.subset(font)
        font.save(out)
