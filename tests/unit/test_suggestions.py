"""Every name that an author can misspell is answered with the one that was meant: one table of all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli.commands import storymap

STORY = "---\ntitle: One\n---\nOpening.\n\n## The call\nplace: Prague\n\nText.\n"
OTHER = "---\ntitle: Other\n---\nOpening.\n\n## First part\nplace: Vienna\n\nText.\n"
GEO = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "pnm", "name": "Old Museum", '
    '"aliases": ["Staré muzeum"]}, "geometry": {"type": "Point", "coordinates": [14.43, 50.08]}}]}\n'
)
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


def step(fields: str = "place: Prague", prose: str = "Text.") -> dict[str, str]:
    """The first story with these fields under its heading, and this prose."""
    return {"stories/one.md": STORY.replace("place: Prague", fields).replace("Text.", prose)}


def front(line: str) -> dict[str, str]:
    """The first story with one more line of front matter."""
    return {"stories/one.md": STORY.replace("title: One\n", f"title: One\n{line}\n")}


def settings(text: str) -> dict[str, str]:
    return {"storymap.toml": f'title = "Site"\n{text}\n'}


def feature(properties: str, kind: str = "Feature", shape: str = "Point", whole: str = "FeatureCollection") -> str:
    return (
        f'{{"type": "{whole}", "features": [{{"type": "{kind}", "properties": {properties}, '
        f'"geometry": {{"type": "{shape}", "coordinates": [14.43, 50.08]}}}}]}}\n'
    )


IN_A_PROJECT = {
    "key of the front matter": (front("sumary: Text"), "unknown-key", '"summary"'),
    "key of a step": (step("plcae: Prague"), "unknown-key", '"place"'),
    "key of a step by another word": (step("place: Prague\nbbox: [1, 2, 3, 4]"), "unknown-key", '"bounds"'),
    "town": (step("place: Prauge"), "unknown-place", '"Prague"'),
    "town with its state": (step("place: Paris, Texsa"), "unknown-place", '"Paris, Texas"'),
    "town with its country": (step("place: Vienna, Austira"), "unknown-place", '"Vienna, Austria"'),
    "town with a blank too many": (step("place: Porto Venere"), "unknown-place", '"Portovenere"?'),
    "town with a hyphen too many": (step("place: Porto-Venere, Italy"), "unknown-place", '"Portovenere, Italy"'),
    "place of geo/ without its blank": (step("place: Oldmuseum"), "unknown-place", 'did you mean "Old Museum"?'),
    "country without its blank": (step("place: SriLanka"), "unknown-place", 'did you mean "Sri Lanka"?'),
    "town after its country": (step("place: Portugal, Lisbon"), "unknown-place", 'did you mean "Lisbon, Portugal"?'),
    "two places without brackets": (step("place: Lisbon, Prague"), "unknown-place", "a list: [Lisbon, Prague]"),
    "town of geo/ and another": (step("place: Old Museum, Vienna"), "unknown-place", "a list: [Old Museum, Vienna]"),
    "three places without brackets": (step("place: Rome, Brno, CZ"), "unknown-place", "places write a list: [Rome,"),
    "place of geo/ by its name": (step("place: Old Musuem"), "unknown-place", '"Old Museum"'),
    "place of geo/ by another name": (step("place: Stare muzuem"), "unknown-place", '"Staré muzeum"'),
    "country as a place": (step("place: Switzerlnd"), "unknown-place", '"Switzerland"'),
    "code of a country as a place": (step("place: cz"), "unknown-place", '"CZ"'),
    "place in a list": (step("place: [Prague, Viennna]"), "unknown-place", '"Vienna"'),
    "place of a link": (step(prose="To [it](place:Old%20Musuem)."), "unknown-place", '"Old Museum"'),
    "country to highlight": (step("place: Prague\nhighlight: [Chechia]"), "unknown-country", '"Czechia"'),
    "country by a code of three letters": (step("place: Prague\nhighlight: GRE"), "unknown-country", '"Greece"'),
    "country of a place in GeoJSON": (
        {"geo/a.geojson": feature('{"name": "A", "country": "Chechia"}')}, "unknown-country", '"Czechia"'),
    "country of a place in a table": (
        {"geo/a.csv": "name,lat,lon,country\nA,50,14,Chechia\n"}, "unknown-country", '"Czechia"'),
    "column of a table": ({"geo/a.csv": "name,lat,longtude\nA,50,14\n"}, "no-coordinate-columns", '"longitude"'),
    "type of a file of places": (
        {"geo/a.geojson": feature("{}", whole="FeatureColection")}, "bad-geojson", '"FeatureCollection"'),
    "type of a feature": ({"geo/a.geojson": feature("{}", kind="Featrue")}, "bad-feature", '"Feature"'),
    "type of a geometry": ({"geo/a.geojson": feature("{}", shape="Ponit")}, "bad-geometry", '"Point"'),
    "format of a file of places": ({"geo/a.geojsn": "x"}, "unknown-format", '"a.geojson"'),
    "way of a line in a step": (step("place: Prague\nline: great-circel"), "wrong-value", '"great-circle"'),
    "way of a line in a story": (front("line: straigth"), "wrong-value", '"straight"'),
    "true or false": (step("place: Prague\noverview: yes"), "wrong-value", "true"),
    "id of a step": (step("id: The Call"), "wrong-value", "the-call"),
    "step of the same story": (step(prose="See [it](#the-cal)."), "unknown-anchor", "#the-call"),
    "another story": (step(prose="See [it](othr.md)."), "unknown-story", '"other.md"'),
    "step of another story": (step(prose="See [it](other.md#frist-part)."), "unknown-step", '"first-part"'),
    "footnote": (step(prose="A.[^nte]\n\n[^note]: A note."), "unknown-footnote", 'is written "[^note]" in line 11'),
    "footnote that is used": (step(prose="A[^note][^nte].\n\n[^note]: A note."), "unknown-footnote", 'mean "[^note]"?'),
    "picture": (step(prose="![A hall](hal.png)"), "missing-picture", '"hall.png"'),
    "picture in another case": (step(prose="![A hall](Hall.PNG)"), "picture-case", '"hall.png"'),
    "cover": (front("cover: hal.png"), "missing-picture", '"hall.png"'),
    "setting": (settings('descripton = "x"'), "unknown-setting", '"description"'),
    "value of a setting": (settings('line = "great-circel"'), "bad-setting", '"great-circle"'),
    "code in the settings": (settings('checks = { mising-alt = "off" }'), "unknown-code", '"missing-alt"'),
    "severity in the settings": (settings('checks = { missing-alt = "eror" }'), "bad-setting", '"error"'),
    "code in a comment": (step(prose="Text. <!-- storymap-ignore: mising-alt -->"), "unknown-code", '"missing-alt"'),
    "tiles": (settings('tiles = "OpenStreetMap.Mapnick"'), "unknown-tiles", '"OpenStreetMap.Mapnik"'),
    "function of a map hook": (
        settings('map_hook = "hook:finsh"') | {"hook.py": "def finish(map, story): ...\n"},
        "unknown-hook", '"hook:finish"'),
}  # fmt: skip

ON_THE_COMMAND_LINE = {
    "command": (["biuld"], '"build"'),
    "command of a command": (["places", "fnd"], '"find"'),
    "option": (["build", "--outptu", "x"], "--output"),
    "option of a command of a command": (["places", "find", "x", "--lmit", "3"], "--limit"),
    "choice": (["places", "list", "--format", "jsn"], "'json'"),
    "code to explain": (["explain", "mising-alt"], '"missing-alt"'),
    "schema": (["schema", "setings"], '"settings"'),
    "town to add": (["places", "add", "Prauge", "-C", "PROJECT"], '"Prague"'),
    "id to add": (["places", "add", "X", "--at", "1,2", "--id", "My Place"], '"my-place"'),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {"stories/one.md": STORY, "stories/other.md": OTHER, "geo/places.geojson": GEO}.items():
        write(tmp_path / name, text)
    (tmp_path / "stories" / "hall.png").write_bytes(PIXEL)
    return tmp_path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", IN_A_PROJECT)
def test_a_name_misspelt_in_a_project_is_answered_with_the_right_one(name: str, project: Path) -> None:
    files, code, meant = IN_A_PROJECT[name]
    for path, text in files.items():
        write(project / path, text)
    output = CliRunner().invoke(storymap, ["check", str(project)]).output
    told = [block for block in output.split("\n\n") if f"[{code}]" in block]
    assert told, output
    assert any("help:" in block and meant in block.split("help:")[1] for block in told), output


@pytest.mark.parametrize("name", ON_THE_COMMAND_LINE)
def test_a_name_misspelt_on_the_command_line_is_answered_with_the_right_one(name: str, project: Path) -> None:
    arguments, meant = ON_THE_COMMAND_LINE[name]
    result = CliRunner().invoke(storymap, [str(project) if part == "PROJECT" else part for part in arguments])
    assert result.exit_code in {1, 2}
    assert meant in result.output
