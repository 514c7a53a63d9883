"""Compile the templates of the package, so that no build has to: `storymap.pages.prepared_templates` says how."""

from __future__ import annotations

import json
from pathlib import Path

from storymap.pages.prepared_templates import FILE_NAME, jinja_version, write_code
from storymap.pages.theme import make_environment, read_templates


def prepare_templates(package: Path, *, out: Path) -> None:
    """Write the Python of the templates in `package`, which is `storymap/`, and the version that made it, to `out`."""
    code = write_code(make_environment(read_templates(package / "pages" / "templates")))
    text = json.dumps({"made_with": jinja_version(), "code": code}, indent=1)
    (out / FILE_NAME).write_text(f"{text}\n", encoding="utf-8")
