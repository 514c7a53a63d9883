"""Whose a picture is, as its file notes: in XMP, IPTC and Exif; and that nothing else of it is published."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from storymap.building.build import build_site
from storymap.model.prose import Credit
from storymap.photographs.credits import read_credit
from storymap.project import load_project

RDF = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<rdf:Description {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""
CREATOR = "<dc:creator><rdf:Seq><rdf:li>Jana Nováková</rdf:li></rdf:Seq></dc:creator>"
RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'
BY = "https://creativecommons.org/licenses/by/4.0/"


def write_xmp(file: Path, elements: str = "", attributes: str = "") -> Path:
    text = RDF.format(elements=elements, attributes=attributes)
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", text)
    noted = {"pnginfo": info} if file.suffix == ".png" else {"xmp": text.encode()}
    Image.new("RGB", (60, 40)).save(file, **noted)
    return file


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "a.avif", "a.png"])
def test_a_creator_and_a_licence_in_xmp_are_a_credit(name: str, tmp_path: Path):
    file = write_xmp(tmp_path / name, CREATOR, f'xmpRights:WebStatement="{BY}"')
    assert read_credit(file) == Credit(author="Jana Nováková", licence="CC BY 4.0", source=BY)


@pytest.mark.parametrize(
    ("elements", "credit"),
    [
        (RIGHTS.format("© 2024 Jana Nováková"), Credit(licence="© 2024 Jana Nováková")),
        (CREATOR + RIGHTS.format("© 2024 Jana Nováková"), Credit(licence="© 2024 Jana Nováková")),
        (
            CREATOR + "<photoshop:Credit>Reuters / J. Nováková</photoshop:Credit>",
            Credit(author="Reuters / J. Nováková"),
        ),
        (
            CREATOR + '<cc:license rdf:resource="https://creativecommons.org/publicdomain/zero/1.0/"/>',
            Credit("", "Jana Nováková", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ),
        (CREATOR + "<xmpRights:WebStatement>javascript:alert(1)</xmpRights:WebStatement>", Credit("", "Jana Nováková")),
        (RIGHTS.format("All rights reserved, " * 30), None),
        ("", None),
    ],
)
def test_what_is_noted_is_told_as_it_should_be_shown(elements: str, credit: Credit | None, tmp_path: Path):
    assert read_credit(write_xmp(tmp_path / "a.jpg", elements)) == credit


def test_iptc_and_exif_are_read_too(tmp_path: Path):
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "Petr Maly", "(c) 1999"
    Image.new("RGB", (60, 40)).save(tmp_path / "exif.jpg", exif=exif)
    assert read_credit(tmp_path / "exif.jpg") == Credit(author="Petr Maly", licence="(c) 1999")

    fields = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
        for number, text in ((80, "Jana Nováková".encode()), (116, "© ČTK".encode()))
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(fields)) + fields + b"\0" * (len(fields) % 2)
    body = b"Photoshop 3.0\0" + block
    data = (tmp_path / "exif.jpg").read_bytes()
    plain = io.BytesIO()
    Image.open(io.BytesIO(data)).save(plain, "JPEG")
    jpeg = plain.getvalue()
    (tmp_path / "iptc.jpg").write_bytes(jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:])
    assert read_credit(tmp_path / "iptc.jpg") == Credit(author="Jana Nováková", licence="© ČTK")


@pytest.mark.parametrize(
    "xmp",
    [
        b"<x:xmpmeta",
        b'<!DOCTYPE a [<!ENTITY b "c">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>',
        b"\xff\xfe\0",
    ],
)
def test_damaged_and_hostile_notes_are_none(xmp: bytes, tmp_path: Path):
    Image.new("RGB", (60, 40)).save(tmp_path / "a.jpg", xmp=xmp)
    assert read_credit(tmp_path / "a.jpg") is None
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\xe1\0\x10Exif\0\0II")
    assert read_credit(tmp_path / "b.jpg") is None


def build(folder: Path, text: str) -> dict[str, bytes]:
    (folder / "storymap.toml").write_text('title = "Test"\n')
    (folder / "stories" / "a.md").write_text(f"---\ntitle: A\n---\n\n## B\nplace: Prague\n\n{text}\n")
    return dict(build_site(load_project(folder)))


def test_it_stands_in_the_caption_where_its_author_says_nothing(tmp_path: Path):
    (tmp_path / "stories").mkdir()
    script = "<dc:creator><rdf:Seq><rdf:li>&lt;script&gt;Jana</rdf:li></rdf:Seq></dc:creator>"
    write_xmp(tmp_path / "stories" / "a.jpg", script, f'xmpRights:WebStatement="{BY}"')
    link = f'<a href="{BY}" rel="noopener noreferrer">&lt;script&gt;Jana, CC BY 4.0</a>'
    for text in ("![A hill](a.jpg)", '![A hill](a.jpg "A hill at dawn")'):
        site = build(tmp_path, text)
        assert link in site["a.html"].decode()
        assert link in site["credits.html"].decode()
    said = build(tmp_path, '![A hill](a.jpg "Photo: Petr Malý")')["a.html"].decode()
    assert "Jana" not in said


def test_where_a_picture_was_taken_is_in_no_published_copy(tmp_path: Path):
    (tmp_path / "stories").mkdir()
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps |= {1: "N", 2: (50.0, 5.0, 4.5), 3: "E", 4: (14.0, 25.0, 50.0), 29: "2024:05:01"}
    noise = Image.effect_noise((900, 600), 90).convert("RGB")
    noise.save(tmp_path / "stories" / "a.jpg", exif=exif, quality=90)
    with Image.open(tmp_path / "stories" / "a.jpg") as own:
        assert own.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    site = build(tmp_path, "![A hill](a.jpg)")
    copies = [name for name in site if name.startswith(("media/", "pictures/"))]
    assert len(copies) > 1
    for name in copies:
        with Image.open(io.BytesIO(site[name])) as copy:
            assert not copy.getexif().get_ifd(ExifTags.IFD.GPSInfo), name
        assert b"2024:05:01" not in site[name]
