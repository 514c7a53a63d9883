"""`storymap places`: what it lists, finds and adds, and what it says when it cannot."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from storymap.cli.commands import storymap
from storymap.cli.places.spelling import quote_name
from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.reading.story import read_story
from storymap.reading.text import decode_text

STORY = (
    "---\ntitle: One\n---\nSee [the museum](place:museum).\n\n## A\nplace: [Tokyo, Museum]\n\n"
    "By [a spot](geo:1.5,2.5) and [Tokyo](place:Tokyo).\n\n## B\nplace: 東京\n\nText.\n"
)
GEO = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"id": "museum", "name": "Museum", "country": "CZ"},
            "geometry": {"type": "Point", "coordinates": [14.43, 50.08]},
        },
        {
            "type": "Feature",
            "properties": {"id": "inn", "name": "飯店"},
            "geometry": {"type": "Point", "coordinates": [116.4, 39.9]},
        },
    ],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "stories" / "one.md").write_text(STORY, encoding="utf-8")
    (tmp_path / "geo" / "places.geojson").write_text(json.dumps(GEO, indent=2) + "\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str, project: Path | None = None) -> Result:
    where = ["--project", str(project)] if project else []
    return CliRunner().invoke(storymap, ["places", *arguments, *where])


def read_places(project: Path) -> bytes:
    return (project / "geo" / "places.geojson").read_bytes()


def test_the_list_has_every_place_its_uses_and_says_which_have_none(project: Path) -> None:
    result = run("list", project=project)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "id               name    latitude, longitude  country  from                used in\n"
        "museum           Museum  50.0800, 14.4300     CZ       geo/places.geojson  one, one#a\n"
        "inn              飯店    39.9000, 116.4000    CN       geo/places.geojson  – unused\n"
        "tokyo            Tokyo   35.6900, 139.6920    JP       built in            one#a, one#b\n"
        "1-5000n-2-5000e  a spot  1.5000, 2.5000                the story           one#a\n"
    )


def test_a_pasted_address_is_answered_with_its_coordinates(project: Path) -> None:
    address = "https://www.google.com/maps/@50.0876,14.4213,15z"
    found = run("find", address, project=project)
    assert found.exit_code == 1
    assert "help: write the coordinates in it: 50.0876, 14.4213" in found.output
    before = read_places(project)
    for arguments in ((address,), ("Bridge", "--at", address)):
        added = run("add", *arguments, project=project)
        assert added.exit_code != 0
        assert "an address of Google Maps, not a place" in added.output
        assert "write the coordinates in it: 50.0876, 14.4213" in added.output
    assert read_places(project) == before


def test_places_alone_lists_and_takes_the_project_before_or_after(project: Path) -> None:
    listed = run("list", project=project).stdout
    assert CliRunner().invoke(storymap, ["places", "-C", str(project)]).stdout == listed
    assert CliRunner().invoke(storymap, ["places", "-C", str(project), "list"]).stdout == listed


def test_the_list_for_programs(project: Path) -> None:
    rows = json.loads(run("list", "--format", "json", project=project).stdout)
    assert rows[0] == {
        "id": "museum", "name": "Museum", "latitude": 50.08, "longitude": 14.43, "country": "CZ", "built_in": False,
        "file": "geo/places.geojson", "line": 8,
        "uses": [{"story": "one", "step": None}, {"story": "one", "step": "a"}],
    }  # fmt: skip
    assert rows[1]["uses"] == []
    assert [(row["name"], row["built_in"]) for row in rows[2:]] == [("Tokyo", True), ("a spot", False)]


def test_the_list_tells_mistakes_and_still_lists(project: Path) -> None:
    (project / "stories" / "two.md").write_text("---\ntitle: T\n---\n\n## A\nplace: Prauge\n\nText.\n")
    result = run("list", project=project)
    assert result.exit_code == 1
    assert "museum" in result.stdout
    assert "stories/two.md:6:8: error[unknown-place]" in result.stderr


def test_a_project_without_places_says_how_to_add_one(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "one.md").write_text("---\ntitle: One\n---\n\n## A\n\nText.\n")
    assert "storymap places add" in run("list", project=tmp_path).stdout


def test_outside_of_a_project_the_list_says_so(tmp_path: Path) -> None:
    result = run("list", project=tmp_path)
    assert result.exit_code == 1
    assert "no-project" in result.stderr


def test_find_shows_how_to_write_what_it_found(project: Path) -> None:
    result = run("find", "praha", project=project)
    assert result.exit_code == 0
    head, first, *_ = result.stdout.splitlines()
    assert head.split("  ")[0] == "write place:"
    assert first.startswith("Prague ")
    assert "Prague, Czechia (praha)" in first
    assert "1,200,000" in first
    assert "50.0880, 14.4210" in first


def test_find_searches_the_project_and_works_outside_of_one(project: Path, tmp_path_factory: Any) -> None:
    assert run("find", "MUSEUM", project=project).stdout.splitlines()[1].startswith("Museum ")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert run("find", "Prauge", project=elsewhere).stdout.splitlines()[1].startswith("Prague ")


def test_find_for_programs(project: Path) -> None:
    (row,) = json.loads(run("find", "praha", "--limit", "1", "--format", "json", project=project).stdout)
    assert (row["place"], row["country"], row["found_by"], row["kind"]) == ("Prague", "CZ", "praha", "town")


def test_find_says_what_to_do_where_it_finds_nothing(project: Path) -> None:
    result = run("find", "qqqqzzz", project=project)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert 'error[unknown-place]: no place is called "qqqqzzz" or nearly so' in result.stderr
    assert 'storymap places add "qqqqzzz" --at' in result.stderr
    assert "write place: 50.1, 14.2" in run("find", "50.1, 14.2", project=project).stderr
    assert run("find", "qqqqzzz", "--format", "json", project=project).stdout == "[]\n"


@pytest.mark.parametrize(("asked", "first"), [("Porto Venere", "Portovenere"), ("newyork", "New York City")])
def test_a_name_that_differs_in_blanks_alone_is_found_first(asked: str, first: str, project: Path) -> None:
    assert run("find", asked, project=project).stdout.splitlines()[1].startswith(f"{first} ")


def test_find_names_files_that_it_could_not_search(project: Path) -> None:
    (project / "geo" / "broken.geojson").write_text("{")
    result = run("find", "Prague", project=project)
    assert result.exit_code == 0
    assert "geo/broken.geojson cannot be read" in result.stderr


@pytest.mark.parametrize("name", ["Prauge", "Museum", "Springfield"])
def test_find_loads_nothing_that_a_search_does_not_need(name: str, project: Path) -> None:
    script = (
        "import sys\nfrom storymap.cli.commands import storymap\n"
        f"try: storymap(['places', 'find', {name!r}, '-C', {str(project)!r}])\nexcept SystemExit: pass\n"
        "heavy = {'folium', 'geopandas', 'markdown', 'pandas', 'pydantic', 'pyproj'}\n"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert name == "Springfield" or done.stdout
    assert done.stderr.strip() == ""


def test_a_town_is_added_with_its_source_and_the_rest_stays(project: Path) -> None:
    before = read_places(project)
    result = run("add", "Beijing, China", project=project)
    assert result.exit_code == 0, result.output
    assert result.stdout == "geo/places.geojson: added Beijing, China, at 39.9080, 116.3970\nplace: Beijing\n"
    after = read_places(project)
    end = b"\n    }\n  ]\n}\n"
    assert after.startswith(before.removesuffix(end))
    added = json.loads(after)["features"].pop()
    assert added == {
        "type": "Feature",
        "properties": {
            "id": "beijing", "name": "Beijing", "category": "city", "country": "CN", "source": "GeoNames (CC BY 4.0)",
        },
        "geometry": {"type": "Point", "coordinates": [116.397, 39.908]},
    }  # fmt: skip
    gazetteer = Gazetteer(load_places(project / "geo", project, Report()))
    place = gazetteer.look_up("Beijing").place
    assert place is not None
    assert place.origin == "geo"


def test_the_name_that_was_asked_for_works_too(project: Path) -> None:
    run("add", "Praha", project=project)
    gazetteer = Gazetteer(load_places(project / "geo", project, Report()))
    assert {gazetteer.look_up(name).place for name in ("Praha", "Prague")} == {gazetteer.places[-1]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Leghorn", "--name", "Old port"], 'added Livorno, Italy as "Old port", at 43.5'),
        (["Paris, Texas"], "added Paris, Texas, United States, at 33."),
        (["Rock", "--at", "50.1,14.2", "--name", "Red rock"], "added Red rock, Czechia, at 50.1000, 14.2000"),
        (["Reef", "--at", "0.5,-30"], "added Reef, at 0.5000, -30.0000"),
    ],
)
def test_what_was_added_is_told_with_its_country(arguments: list[str], told: str, project: Path) -> None:
    assert told in run("add", *arguments, project=project).stdout


@pytest.mark.parametrize("again", [["Leghorn"], ["Livorno"], ["Livorno", "--at", "1,2"], ["Livorno, Italy"]])
def test_a_place_that_is_there_already_is_told_with_where_it_is(again: list[str], project: Path) -> None:
    run("add", "Leghorn", project=project)
    before = read_places(project)
    line = before[: before.index(b'"name": "Livorno"')].count(b"\n") + 1
    result = run("add", *again, project=project)
    assert f"geo/places.geojson:{line}:" in result.stderr
    assert 'error[already-known]: "Livorno" is in geo/ already' in result.stderr
    assert f"to move it, change its position in geo/places.geojson, line {line}" in result.stderr
    assert read_places(project) == before


def test_a_place_with_given_coordinates_south_and_west(project: Path) -> None:
    result = run("add", "Far rock", "--at", "-33.8568,-70.25", "--source", "by hand", "--id", "rock", project=project)
    assert result.exit_code == 0, result.output
    added = json.loads(read_places(project))["features"].pop()
    assert added["geometry"]["coordinates"] == [-70.25, -33.8568]
    assert added["properties"] == {"id": "rock", "name": "Far rock", "country": "CL", "source": "by hand"}


def test_coordinates_without_a_source_are_added_with_a_reminder(project: Path) -> None:
    result = run("add", "Rock", "--at", "50.0790 N, 14.4306 E", project=project)
    assert result.exit_code == 0
    assert "--source" in result.stderr


def test_a_file_and_its_folder_are_made_where_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    assert run("add", "Oslo", "--name", "Kristiania", project=tmp_path).exit_code == 0
    (place,) = load_places(tmp_path / "geo", tmp_path, Report()).places
    assert (place.name, place.id, place.country) == ("Kristiania", "kristiania", "NO")
    assert sorted(path.name for path in (tmp_path / "geo").iterdir()) == ["places.geojson"]


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_byte_order_marks_line_ends_and_permissions_stay(start: str, encoding: str, project: Path) -> None:
    file = project / "geo" / "places.geojson"
    text = json.dumps(GEO, indent=1).replace("\n", "\r\n")
    data = (text if encoding == "utf-16" else start + text).encode(encoding)
    file.write_bytes(data)
    file.chmod(0o640)
    assert run("add", "Oslo", project=project).exit_code == 0
    after = file.read_bytes()
    assert after[:2] == data[:2]
    assert after.decode(encoding).replace("\r\n", "").count("\n") == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert len(load_places(project / "geo", project, Report()).places) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["Springfield"], "ambiguous-place", '"Springfield, Illinois"'),
        (["Prauge"], "unknown-place", 'did you mean "Prague"?'),
        (["Qqqqzzz"], "unknown-place", "--at"),
        (["China"], "already-known", "place: China"),
        (["50.1, 14.2"], "unknown-place", "--at"),
        (["Museum"], "already-known", "place: museum"),
        (["Old Museum", "--at", "1,2", "--id", "museum"], "duplicate-place-id", "--id"),
        (["MUSEUM", "--at", "1,2", "--id", "other"], "duplicate-place-name", "--name"),
        (["Oslo", "--name", "museum", "--id", "other"], "duplicate-place-name", "place: museum"),
        (["?!", "--at", "1,2"], "unnamed-feature", "name"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is_written(
    arguments: list[str], code: str, words: str, project: Path
) -> None:
    before = read_places(project)
    result = run("add", *arguments, project=project)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"error[{code}]" in result.stderr
    assert words in result.stderr
    assert result.stderr.endswith("Nothing was written.\n")
    assert read_places(project) == before


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "bad-json"),
        (b"", "empty-file"),
        (b"[]", "bad-geojson"),
        (b'{"type": "Point", "coordinates": [1, 2]}', "bad-geojson"),
        (b'{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}',
         "bad-geojson"),
        (b'{"type": "FeatureCollection", "features": [], "features": []}', "duplicate-key"),
        (b'{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}, "features": []}',
         "not-in-degrees"),
        (b"\xff\xff", "not-utf-8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_take_a_place_is_told_and_not_touched(data: bytes, code: str, project: Path) -> None:
    (project / "geo" / "places.geojson").write_bytes(data)
    result = run("add", "Oslo", project=project)
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert read_places(project) == data
    assert sorted(path.name for path in (project / "geo").iterdir()) == ["places.geojson"]


def test_a_link_out_of_the_project_is_not_written_through(project: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "places.geojson"
    outside.write_bytes(read_places(project))
    (project / "geo" / "places.geojson").unlink()
    (project / "geo" / "places.geojson").symlink_to(outside)
    before = outside.read_bytes()
    result = run("add", "Oslo", project=project)
    assert result.exit_code == 1
    assert "error[outside-project]" in result.stderr
    assert outside.read_bytes() == before


def test_a_file_that_may_not_be_written_is_told_and_stays(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_places(project)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("add", "Oslo", project=project)
    assert result.exit_code == 1
    assert "error[unwritable-file]: the file cannot be written: Permission denied" in result.stderr
    assert read_places(project) == before
    assert sorted(path.name for path in (project / "geo").iterdir()) == ["places.geojson"]


@pytest.mark.parametrize("arguments", [["X\udcff"], ["X", "--name", "\udcff"], ["X", "--source", "\udcff"]])
def test_words_that_are_not_utf_8_are_refused_and_the_file_stays(project: Path, arguments: list[str]) -> None:
    """What a shell hands over that is set to another encoding."""
    before = read_places(project)
    result = run("add", *arguments, "--at", "1,2", project=project)
    assert result.exit_code == 1
    assert "error[not-utf-8]" in result.stderr
    assert read_places(project) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["X", "--at", "95,3"], 'did you mean "3, 95"?'),
        (["X", "--at", "here"], "latitude first"),
        (["X", "--at", "50,5, 14,2"], "write a decimal point: 50.5, 14.2"),
        (["X", "--at", "1,2", "--id", "My Place"], 'did you mean "my-place"?'),
        (["X", "--at", "1,2", "--geocode"], "either --at or --geocode"),
        (["X", "--geocoder-url", "ftp://x"], "must start with https://"),
        (["X", "--geocode", "--contact", "a\nb"], "--contact"),
        (["X", "--att", "1,2"], "--at"),
    ],
)
def test_wrong_usage_is_two_and_says_what_to_write(arguments: list[str], words: str, project: Path) -> None:
    result = run("add", *arguments, project=project)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    "name",
    [
        "Prague", "Washington, D.C.", "'s-Gravenhage", "- dash", "-dash", "a: b", "a #b", "#a", "[x]", "{x}", "*a",
        "&a", "!a", "|", ">", "%a", "@a", "`a`", '"a"', "null", "~", "true", "1984", "50.1, 14.2", "-33.9, -70.2", "a:",
        "?x", "? x", "Ťa", "飯店", "=", "NO", "12:30", "a\\b", "http://x", "...", "---", "0x1F", "Ch’ench’a", ".inf",
    ],
)  # fmt: skip
def test_a_name_is_printed_as_yaml_reads_it(name: str) -> None:
    text = f"---\ntitle: T\n---\n\n## A\nplace: {quote_name(name)}\n\nText.\n"
    report = Report()
    decoded = decode_text(text.encode(), "stories/a.md", report)
    assert decoded is not None
    story = read_story(decoded, report)
    assert story is not None
    assert not report.errors
    assert story.steps[0].fields.place == (name,)


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A geocoder on this machine that knows what it is asked for, twice if that is a square."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            agents.append(self.headers["User-Agent"])
            name = parse_qs(urlsplit(self.path).query)["q"][0]
            answer = {"lat": "-33.5", "lon": "-70.25", "display_name": f"{name}, Chile"}
            answer["address"] = {"country_code": "cl"}  # type: ignore[assignment]
            other = answer | {"lat": "1.25", "display_name": f"{name}, elsewhere"}
            answers = [] if name == "Nowhere" else [answer, other] if "Square" in name else [answer]
            body = json.dumps(answers).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    agents: list[str] = []
    with HTTPServer(("127.0.0.1", 0), Handler) as served:
        served.agents = agents  # type: ignore[attr-defined]
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        served.shutdown()
        thread.join()


@pytest.fixture
def asking(server: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options that ask that server, with a memory of the test's own and without waiting."""
    monkeypatch.setattr("storymap.gazetteer.geocoding.find_memory", lambda: tmp_path / "memory")
    monkeypatch.setattr("storymap.gazetteer.geocoding._SECONDS_BETWEEN", 0.0)
    return ["--geocode", "--geocoder-url", f"http://127.0.0.1:{server.server_port}", "--contact", "jana@example.org"]


def test_a_geocoded_place_is_added_with_its_credit(asking: list[str], server: Any, project: Path) -> None:
    result = run("add", "Far Rock", *asking, project=project)
    assert result.exit_code == 0, result.output
    added = json.loads(read_places(project))["features"].pop()
    assert added["geometry"]["coordinates"] == [-70.25, -33.5]
    assert added["properties"]["source"] == "© OpenStreetMap contributors, ODbL"
    assert added["properties"]["country"] == "CL"
    assert server.agents[0].startswith("folium-storymap/")
    assert "jana@example.org" in server.agents[0]


def test_one_of_several_answers_is_picked(asking: list[str], server: Any, project: Path) -> None:
    result = run("add", "Big Square", *asking, project=project)
    assert result.exit_code == 1
    assert "error[ambiguous-place]" in result.stderr
    assert "--pick 2: Big Square, elsewhere, at 1.2500, -70.2500" in result.stderr
    assert run("add", "Big Square", *asking, "--pick", "3", project=project).exit_code == 1
    assert run("add", "Big Square", *asking, "--pick", "2", project=project).exit_code == 0
    assert json.loads(read_places(project))["features"].pop()["geometry"]["coordinates"] == [-70.25, 1.25]
    assert len(server.agents) == 1, "the same question is asked once"


def test_what_the_geocoder_does_not_know_is_told(asking: list[str], project: Path) -> None:
    result = run("add", "Nowhere", *asking, project=project)
    assert result.exit_code == 1
    assert "error[unknown-place]" in result.stderr


def test_find_asks_only_when_told_to(asking: list[str], server: Any, project: Path) -> None:
    assert run("find", "Qqqqzzz", project=project).exit_code == 1
    assert server.agents == []
    result = run("find", "Qqqqzzz", *asking, project=project)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("-33.5000, -70.2500  Qqqqzzz, Chile")
    assert "© OpenStreetMap contributors" in result.stdout
    (row,) = json.loads(run("find", "Qqqqzzz", *asking, "--format", "json", project=project).stdout)
    assert (row["place"], row["kind"], row["country"]) == ("-33.5000, -70.2500", "geocoded", "CL")


def test_the_site_says_who_asks_where_no_contact_is_given(asking: list[str], server: Any, project: Path) -> None:
    (project / "storymap.toml").write_text('url = "https://maps.example.org"\n')
    run("find", "Qqqqzzz", *asking[:3], project=project)
    assert "https://maps.example.org" in server.agents[0]
