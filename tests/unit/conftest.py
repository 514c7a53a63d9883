"""What the tests of one module may use."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base as Tag

from storymap.errors import Problem, Report, Severity
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.written import WrittenCredit, WrittenFrame, WrittenMapLink, WrittenPicture, WrittenProse

Check = Callable[..., list[Problem]]
TakePhotograph = Callable[..., bytes]
AsHtml = Callable[[WrittenProse], str]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a project and check it: what is found, without notes on built-in names and on the site's address.

    Keywords are the text of `stories/story.md` below its front matter (`body`), more lines for that (`front`), and
    `files`, bytes or text by path.
    """

    def run(
        body: str = "## A step\nplace: Prague\n\nText.\n",
        *,
        front: str = "",
        files: Mapping[str, str | bytes] | None = None,
        settings: str = "",
    ) -> list[Problem]:
        from storymap.checking.project import examine_project
        from storymap.project import load_project

        written = {
            "stories/story.md": f"---\ntitle: A story\n{front}---\n\n{body}",
            "storymap.toml": f'title = "A project"\n{settings}',
            **(files or {}),
        }
        for name, content in written.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = Report()
        examine_project(load_project(tmp_path), report)
        return [
            problem
            for problem in report.problems
            if not (problem.code in {"built-in-place", "no-site-address"} and problem.severity is Severity.NOTE)
        ]

    return run


@pytest.fixture
def take_photograph() -> TakePhotograph:
    """Make a picture as a camera does, with its position, its time and the camera's number in Exif.

    Red is above, blue below, before it is turned as `orientation` says. `position` is latitude and longitude.
    """

    def take(
        position: tuple[float, float] | None = (50.0790, 14.4306),
        *,
        taken: str = "2026:05:12 14:30:05",
        offset: str = "",
        orientation: int = 1,
        size: tuple[int, int] = (48, 32),
        kind: str = "JPEG",
        gps: Mapping[int, object] | None = None,
        **options: object,
    ) -> bytes:
        picture = Image.new("RGB", size, (200, 30, 30))
        picture.paste((30, 30, 200), (0, size[1] // 2, *size))
        exif = Image.Exif()
        exif[Tag.Make], exif[Tag.Artist], exif[Tag.Orientation] = "Camera Works", "Ana Nowhere", orientation
        more = exif.get_ifd(IFD.Exif)
        more[Tag.BodySerialNumber], more[Tag.MakerNote] = "SN-4711", b"Maker SN-4711"
        if taken:
            more[Tag.DateTimeOriginal] = taken
        if offset:
            more[Tag.OffsetTimeOriginal] = offset
        if position:
            exif.get_ifd(IFD.GPSInfo).update(_write_position(*position))
        if gps:
            exif.get_ifd(IFD.GPSInfo).update(gps)
        written = io.BytesIO()
        picture.save(written, kind, exif=exif, **options)
        return written.getvalue()

    return take


def _write_position(lat: float, lon: float) -> dict[int, object]:
    return {
        GPS.GPSLatitudeRef: "S" if lat < 0 else "N",
        GPS.GPSLatitude: _write_angle(lat),
        GPS.GPSLongitudeRef: "W" if lon < 0 else "E",
        GPS.GPSLongitude: _write_angle(lon),
    }


def _write_angle(angle: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds."""
    minutes, degrees = math.modf(abs(angle))
    seconds, minutes = math.modf(minutes * 60)
    return degrees, minutes, round(seconds * 60, 4)


@pytest.fixture
def as_html() -> AsHtml:
    """Prose as written, as one text.

    Links that move the map lead to "#" and carry their number, others lead to their target.
    """

    def write(prose: WrittenProse) -> str:
        parts, number = [], 0
        for piece in prose.pieces:
            match piece:
                case Html():
                    parts.append(piece.html)
                case CalloutTitle():
                    parts.append(piece.kind.title())
                case WrittenMapLink():
                    parts.append(f'<a href="#"{piece.attributes} data-link="{number}">')
                    number += 1
                case WrittenFrame():
                    parts.append(f"<frame {escape(piece.source.frame)}>")
                case WrittenCredit():
                    pass
                case WrittenPicture():
                    parts.append('<figure class="shown">' if piece.stands_alone else "")
                    parts.append(f'<img alt="{escape(piece.alt)}" src="{escape(piece.path)}"{piece.attributes}>')
                case _:
                    parts.append(f'<a href="{escape(piece.target)}"{piece.attributes}>')
        return "".join(parts)

    return write
