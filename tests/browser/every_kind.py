"""A project with every kind of page, layer and prose, whose author wrote in letters that no language of today has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

SETTINGS = """title = "Ⰿ"
description = "Ⱀ"
lang = "{lang}"
url = "https://example.org/x"
cards = "none"
downloads = true
languages = {{ {languages} }}

[categories."Ⱎ"]
symbol = "town"
color = "#7a3b8f"
"""

PLACES = """name,lat,lon,category,description,source
ⰀⰁ,50.1,14.4,Ⱎ,ⰀⰀ,ⰂⰂ
ⰂⰃ,49.2,16.6,Ⱎ,,
ⰄⰅ,0.5,-30,,,
"""

TABLE = "code,Ⱗ,Ⱘ,Ⱙ\nCZ,ⰠⰡ,5,Ⱚ\nDE,ⰡⰢ,7,Ⱚ\nFR,ⰢⰣ,12,Ⱛ\nAT,ⰣⰤ,,Ⱛ\n"

DATES = ("2018-12", "2020-05-05/2020-05-06", "2020-21", "1900~", "2018?", "156X", "19XX", "2020/..", "../1918", "-0043")

FRONT = """---
title: Ⰶ{mark}
summary: Ⱄ
date: 2019-05/2019-08
published: 2020-01-01
draft: {draft}
aliases: [old-{name}]
authors: [Ⱅ, Ⱆ]
tags: [Ⱇ]
credits: {{"{up}a.png": {{author: Ⱎ, licence: CC BY 4.0}}}}
layers:
  d: {{from: countries, join: {{table: {up}t.csv, on: code}}, color: {{by: Ⱘ, classes: 3}}, label: Ⱗ, popup: [Ⱗ, Ⱘ]}}
  e: {{from: countries, join: {{table: {up}t.csv, on: code}}, color: {{by: Ⱙ, scheme: categories}}, tooltip: Ⱗ}}
---

Ⰷ

"""

STEPS = """## ⰟⰀ
place: [ⰀⰁ]
layers: d

Ⰷ

## ⰟⰁ
place: ⰀⰁ
layers: e

Ⰷ

## ⰟⰂ
track: {up}r.gpx
layers: none

Ⰷ

## ⰟⰃ
place: Prague
zoom: 9
image: {{file: {up}a.png, bounds: [14.0, 49.9, 14.8, 50.4], title: Ⱝ}}

Ⰷ [Ⰱ](place:ⰂⰃ)

## ⰟⰄ
bounds: [0, 40, 30, 60]
compare: [{{layer: d, title: Ⱞ}}, {{layer: e, title: Ⱟ}}]
highlight: [CZ, DE]

Ⰷ

## ⰟⰅ
place: 48.0, 15.0
zoom: 10

![ⰀⰃ]({up}a.png)
*Ⱑ*

![ⰀⰃ]({up}a.png) ![ⰀⰄ]({up}b.png)

| ![ⰀⰃ]({up}a.png) | ![ⰀⰄ]({up}b.png) |
| --- | --- |

https://www.youtube.com/watch?v=00000000000

> [!NOTE]
> Ⰱ

> [!TIP]
> Ⰱ

> [!WARNING]
> Ⰱ

> [!IMPORTANT]
> Ⰱ

> [!CAUTION]
> Ⰱ

- [x] Ⰱ
- [ ] Ⰱ

| Ⰱ | Ⰲ |
| --- | --- |
| Ⰱ | 1 |

"""

NOTE = "[^1]: Ⰸ\n"


def write_project(root: Path, lang: str, *, editions: Sequence[str] = (), draft: bool = False) -> None:
    """Write the project into the empty folder `root`: two stories, one of a collection, in `lang` and in `editions`.

    The one of the collection may be a `draft`.
    """
    (root / "stories" / "walks").mkdir(parents=True)
    (root / "geo").mkdir()
    languages = ", ".join(f'{one} = {{ title = "Ⰿ", description = "Ⱀ" }}' for one in editions)
    files = {"storymap.toml": SETTINGS.format(lang=lang, languages=languages), "geo/places.csv": PLACES}
    files |= {"stories/t.csv": TABLE, "stories/r.gpx": _write_track(), "stories/walks/_collection.md": _describe()}
    for name, shade in (("a", 120), ("b", 20)):
        Image.new("RGB", (300, 200), (shade, 90, 60)).save(root / "stories" / f"{name}.png")
    for name, up, first in (("one", "", 0), ("walks/two", "../", 5)):
        mark = "Ⰰ" if up else ""
        front = FRONT.format(mark=mark, name=name.rpartition("/")[2], up=up, draft=str(draft and bool(up)).lower())
        files[f"stories/{name}.md"] = front + _write_steps(first, up) + NOTE
        for language in editions:
            files[f"stories/{name}.{language}.md"] = _translate(files[f"stories/{name}.md"], mark, language)
    for language in editions:
        files[f"stories/walks/_collection.{language}.md"] = _describe()
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")


def _describe() -> str:
    return "---\ntitle: Ⱈ\nsummary: Ⱉ\n---\n\nⰇ\n"


def _write_steps(first: int, up: str) -> str:
    dated = "".join(
        f"## Ⱖ{number}\nplace: [{'ⰀⰁ, ⰂⰃ' if number % 2 else 'ⰄⰅ'}]\ndate: {date}\nline: straight\n\nⰇ.[^1]\n\n"
        for number, date in enumerate(DATES[first : first + 5])
    )
    return dated + STEPS.format(up=up)


def _translate(story: str, mark: str, language: str) -> str:
    """An edition of `story`, whose steps come in the same order: what it does not say is taken from that."""
    _, _, text = story.removeprefix("---\n").partition("---\n")
    kept: list[str] = []
    is_fields = False
    for line in text.splitlines():
        if line.startswith("## "):
            is_fields = True
        elif not line:
            is_fields = False
        if not is_fields or line.startswith("## "):
            kept.append(line)
    return f"---\ntitle: Ⰶ{mark}\nsummary: Ⱄ\nlang: {language}\n---\n" + "\n".join(kept) + "\n"


def _write_track() -> str:
    point = '<trkpt lat="{:.2f}" lon="{:.2f}"><ele>{}</ele></trkpt>'
    points = "".join(
        point.format(50 + number / 100, 14.4 + number / 100, 200 + number * 17 % 90) for number in range(20)
    )
    head = '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Ⱜ">'
    return f"{head}<trk><name>Ⱜ</name><trkseg>{points}</trkseg></trk></gpx>"
