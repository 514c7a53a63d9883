"""Numbers as spreadsheets write them → as `storymap.earth.coordinates` reads them.

What can be meant in one way only, in a cell that holds one number: a decimal comma, an exponent, a formula that is a
text, degrees and minutes that blanks part.
"""

from __future__ import annotations

import re

from storymap.earth.coordinates import LONGEST_TEXT, write_degrees

_PLAIN = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_FORMULA = re.compile(r'="?([^"]*)"?')
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d{1,2}")
_PARTED = re.compile(r"([+-]?\d{1,3})[ :](\d{1,2}(?:\.\d+)?)(?:[ :](\d{1,2}(?:\.\d+)?))?( ?[NSEW])?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_LETTERS = {"s š": "N", "j š": "S", "v d": "E", "z d": "W", "n br": "N", "s br": "S", "ö l": "E", "w l": "W"}
"""How Czech and German write hemispheres: severní šířka, östliche Länge."""


def read_number(text: str) -> str:
    """One latitude or longitude as plain degrees, with its hemisphere; what is no number comes back as it is."""
    if len(text) > LONGEST_TEXT or _PLAIN.fullmatch(text):
        return text
    plain = re.sub(r"(?<=\d) ?, ?(?=\d)", ",", " ".join(text.replace("\u2212", "-").split()).removeprefix("'"))
    if formula := _FORMULA.fullmatch(plain):
        plain = formula[1].strip()
    if lettered := re.fullmatch(r"(.*\d\S*?)\s*([sjvznöw])\.?\s*(š|d|br|l)\.?", plain, re.IGNORECASE):
        letter = _LETTERS.get(f"{lettered[2]} {lettered[3]}".casefold())
        plain = f"{lettered[1]} {letter}" if letter else plain
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(" ", "")
    plain = point_decimals(plain)
    if _EXPONENT.fullmatch(plain):
        return write_degrees(float(plain))
    if parted := _PARTED.fullmatch(plain):
        degrees, minutes, seconds, letter = parted.groups()
        return f"{degrees}°{minutes}'" + (f'{seconds}"' if seconds else "") + (letter or "")
    return plain


def point_decimals(text: str) -> str:
    """`text` with a decimal point for the decimal comma of its one number."""
    return _COMMA.sub(".", text) if len(_COMMA.findall(text)) == 1 and "." not in text else text


def point_pair(text: str) -> str:
    """Two numbers with decimal points, where commas that part decimals show by being two: "50,1; 14,5"."""
    if len(text) > LONGEST_TEXT or "." in text:
        return text
    halves = re.fullmatch(r"(.*?\d,\d.*?)(?:\s*;\s*|,\s+|\s+)(.*?\d,\d.*)", text.strip())
    return f"{read_number(halves[1])}, {read_number(halves[2])}" if halves else text
