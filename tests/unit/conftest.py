"""What the tests of one module may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest

from storymap.errors import Problem, Report, Severity
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.written import WrittenMapLink, WrittenPicture, WrittenProse

Check = Callable[..., list[Problem]]
AsHtml = Callable[[WrittenProse], str]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a project and check it: what is found, without notes on what a built-in name means.

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
            if not (problem.code == "built-in-place" and problem.severity is Severity.NOTE)
        ]

    return run


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
                case WrittenPicture():
                    parts.append(f'<img alt="{escape(piece.alt)}" src="{escape(piece.path)}"{piece.attributes}>')
                case _:
                    parts.append(f'<a href="{escape(piece.target)}"{piece.attributes}>')
        return "".join(parts)

    return write
