"""A site's settings: what `storymap.toml`, or `[tool.storymap]` in `pyproject.toml`, may say.

Read first of all by `storymap.project`. Every key, its default and its meaning stand in `Settings`.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from storymap.errors import Location, Report


def _check_url(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise ValueError("must start with https:// or http://")
    return text.rstrip("/")


def _check_hook(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", text):
        raise ValueError('must name a Python function as "module:function"')
    return text


class Settings(BaseModel):
    """Everything a site can be told; each key has a default, so that an empty file is a valid one."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field("Story maps", min_length=1, max_length=200, description="The site's name, on every page.")
    description: str = Field("", max_length=1000, description="One or two sentences under the title of the atlas.")
    lang: str = Field(
        "en",
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="Language of stories that name none, as a BCP 47 tag.",
    )
    url: Annotated[str, AfterValidator(_check_url)] = Field(
        "", description="Where the site will stand, for the one page that cannot use relative links: 404.html."
    )
    line: Literal["great-circle", "straight", "none"] = Field(
        "none", description="How successive places of a story are joined, where the story does not say."
    )
    tiles: str = Field(
        "",
        description="Opt in to map tiles from elsewhere, over the drawn map: an xyzservices name such as "
        '"OpenStreetMap.Mapnik", or a URL template with {z}, {x} and {y}.',
    )
    tiles_attribution: str = Field("", description="Who must be credited for tiles that a URL template names.")
    guide: bool = Field(
        default=False,
        strict=True,
        description="Whether the site carries the guide for authors, under guide/.",
    )
    map_hook: Annotated[str, AfterValidator(_check_hook)] = Field(
        "",
        description='A Python function of this project, as "module:function", that gets every folium.Map and the story '
        "or None, and may add any Folium element to it.",
    )


def parse_settings(text: str, *, path: str, table: tuple[str, ...], report: Report) -> Settings:
    """Read settings from TOML `text`; `table` is where they stand in it, `()` for the whole file.

    Every mistake goes to `report`; the settings that come back are then the defaults.
    """
    lines = text.splitlines()
    try:
        values: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        reason = re.sub(r"\s*\(at .*", "", str(error))
        report.error(
            "broken-toml",
            f"this is not TOML: {reason}",
            Location(path, line, column, 1, excerpt),
            help='write settings as: title = "My stories"',
        )
        return Settings()
    for name in table:
        values = values.get(name, {})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            _report_setting(problem, path=path, lines=lines, report=report)
        return Settings()


def _report_setting(problem: Any, *, path: str, lines: list[str], report: Report) -> None:
    key = str(problem["loc"][0]) if problem["loc"] else ""
    at = _locate_key(key, path=path, lines=lines)
    if problem["type"] == "extra_forbidden":
        report.error("unknown-setting", f'no setting "{key}"', at, help=_suggest_setting(key))
        return
    field = Settings.model_fields.get(key)
    reason = problem["msg"].removeprefix("Value error, ")
    report.error("bad-setting", f'"{key}": {reason}', at, help=(field.description or "") if field else "")


def _locate_key(key: str, *, path: str, lines: list[str]) -> Location:
    pattern = re.compile(rf"""^\s*["']?({re.escape(key)})["']?\s*=""")
    for number, line in enumerate(lines, 1):
        found = pattern.match(line)
        if found:
            return Location(path, number, found.start(1) + 1, len(key), line)
    return Location(path)


def _suggest_setting(key: str) -> str:
    from rapidfuzz import process

    names = sorted(Settings.model_fields)
    best = process.extractOne(key, names, score_cutoff=60)
    return f'did you mean "{best[0]}"?' if best else "settings are: " + ", ".join(names)
