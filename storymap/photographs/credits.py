"""Read whose a picture is and how it may be used, where its file notes that: in XMP, IPTC or Exif, in this order.

The fields are those that the IPTC Photo Metadata Standard asks to show: Creator, Credit Line, Copyright Notice and Web
Statement of Rights, and `cc:license` of Creative Commons. What a camera notes, such as where it was, is not read here.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from storymap.model.prose import Credit

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_MARKS = (b"ns.adobe.com/xap", b"x:xmpmeta", b"8BIM", b"Exif", b"eXIf", b"EXIF")
"""One of them stands in a file that notes anything."""

_HEAD = 262_144
"""Bytes from the start of a file within which its notes begin."""

_LARGEST_XMP = 1_000_000
_LONGEST = 200
"""Characters of a name or a notice: longer ones are terms of use."""

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CREDIT_LINE = "{http://ns.adobe.com/photoshop/1.0/}Credit"
_STATEMENTS = ("{http://creativecommons.org/ns#}license", "{http://ns.adobe.com/xap/1.0/rights/}WebStatement")

_IPTC_CREATOR, _IPTC_CREDIT, _IPTC_NOTICE = (2, 80), (2, 110), (2, 116)
_EXIF_ARTIST, _EXIF_NOTICE = 0x013B, 0x8298

_COMMONS = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)\b.*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def read_credit(file: Path) -> Credit | None:
    """Whose the picture in `file` is, as it notes itself; None where it does not, or cannot be read."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if not any(mark in head for mark in _MARKS):
        return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged notes, and of many pixels, none of which are decoded
            with Image.open(file) as picture:
                noted = [_read_xmp(picture), _read_iptc(picture), _read_exif(picture)]
    except Exception:  # noqa: BLE001 - whatever the library makes of a damaged picture
        return None
    author, notice, address = (next((one[part] for one in noted if one[part]), "") for part in range(3))
    licence = _name_licence(address) or notice
    if author and author.casefold() in licence.casefold():
        author = ""  # © 2024 Jana Nováková
    return Credit(author=author, licence=licence, source=address) if author or licence else None


_Noted = tuple[str, str, str]
"""Who is to be named, the notice of rights, and the address where they are told; each may be empty."""


def _read_xmp(picture: ImageFile) -> _Noted:
    text = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    data = text.encode() if isinstance(text, str) else bytes(text)
    if not data or len(data) > _LARGEST_XMP or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "", "", ""
    try:
        root = ET.fromstring(data.strip(b"\0 \n\r\t"))  # noqa: S314 - nothing is declared in it
    except (ET.ParseError, ValueError):
        return "", "", ""
    line = next(_list_values(root, _CREDIT_LINE), "")
    creators = ", ".join(dict.fromkeys(_list_values(root, f"{_DC}creator")))
    address = next((one for name in _STATEMENTS for one in _list_values(root, name) if _ADDRESS.fullmatch(one)), "")
    return line or _clean(creators), next(_list_values(root, f"{_DC}rights"), ""), address


def _list_values(root: ET.Element, name: str) -> Iterator[str]:
    """The texts of a property, which is an attribute, an element, or a list within one."""
    for element in root.iter():
        if name in element.attrib:
            yield from filter(None, [_clean(element.attrib[name])])
        if element.tag == name:
            yield from filter(None, [_clean(element.attrib.get(f"{_RDF}resource", "")), _clean(element.text)])
            yield from filter(None, (_clean(item.text) for item in element.iter(f"{_RDF}li")))


def _read_iptc(picture: ImageFile) -> _Noted:
    from PIL import IptcImagePlugin

    found: Mapping[Any, Any] = IptcImagePlugin.getiptcinfo(picture) or {}
    creator, line, notice = (_decode(found.get(key)) for key in (_IPTC_CREATOR, _IPTC_CREDIT, _IPTC_NOTICE))
    return line or creator, notice, ""


def _read_exif(picture: ImageFile) -> _Noted:
    exif = picture.getexif()
    return _decode(exif.get(_EXIF_ARTIST)), _decode(exif.get(_EXIF_NOTICE)), ""


def _decode(value: Any) -> str:
    """A text of IPTC or Exif: UTF-8 or, in older files, Latin-1; several are joined."""
    values = value if isinstance(value, list) else [value]
    return _clean(", ".join(filter(None, map(_decode_one, values))))


def _decode_one(value: Any) -> str:
    try:  # Pillow reads Exif as Latin-1, and most programs write UTF-8
        data = value.encode("latin-1") if isinstance(value, str) else value
    except UnicodeEncodeError:
        return str(value)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _clean(text: str | None) -> str:
    """`text` on one line, without what cannot be seen; empty where it is too long to be a credit."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    return words if len(words) <= _LONGEST else ""


def _name_licence(address: str) -> str:
    """What a licence of Creative Commons is called: "CC BY-SA 4.0"."""
    found = _COMMONS.fullmatch(address)
    if not found:
        return ""
    kind, name, version = found.groups()
    if kind == "publicdomain":
        return f"CC0 {version}" if name == "zero" else "Public domain"
    return f"CC {name.upper()} {version}"
