"""A site is a value: the same bytes every time, with nothing of the author's text run or lost on the way."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from storymap.basemap.arcs import unpack_arcs
from storymap.building.build import Site, build_site
from storymap.errors import Report, StorymapError
from storymap.project import load_project

HOSTILE = Path(__file__).parents[1] / "projects" / "good" / "hostile"
DIGEST = (
    "import hashlib, sys\nfrom storymap.project import load_project\nfrom storymap.building.build import build_site\n"
    "site = build_site(load_project(sys.argv[1]))\n"
    "print(hashlib.sha256(b''.join(p.encode() + b'\\0' + c + b'\\0' for p, c in site.items())).hexdigest())"
)


def make(folder: Path, *stories: str, settings: str = "") -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text(f'title = "Test"\n{settings}')
    for number, text in enumerate(stories, 1):
        (folder / "stories" / f"story-{number}.md").write_text(text, encoding="utf-8")
    return folder


def build(folder: Path) -> tuple[Site, list[str]]:
    report = Report()
    return build_site(load_project(folder), report=report), [problem.code for problem in report.problems]


def payload_of(page: bytes) -> dict[str, Any]:
    found = re.search(r'id="storymap-data">(.*?)</script>', page.decode(), re.DOTALL)
    assert found
    payload: dict[str, Any] = json.loads(found[1])
    return payload


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(
    repository: Path, own_site: Mapping[str, bytes]
) -> None:
    """Another program, with a seed of its own, makes what was made here, with whichever seed."""
    told = subprocess.run(
        [sys.executable, "-c", DIGEST, str(repository)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "0" if sys.flags.hash_randomization else "4711"},
        cwd=repository,
    ).stdout
    here = hashlib.sha256(b"".join(path.encode() + b"\0" + file + b"\0" for path, file in own_site.items()))
    assert told.strip() == here.hexdigest()


def test_every_page_has_a_still_for_each_step_and_each_still_is_wellformed(own_site: Mapping[str, bytes]) -> None:
    stills = [path for path in own_site if path.endswith(".svg")]
    assert len([path for path in stills if path.startswith("stills/declaration/")]) == 9
    for path in stills:
        assert fromstring(own_site[path].decode()).tag.endswith("svg")


class Scripts(HTMLParser):
    """Collects what a browser would run: scripts, and attributes that begin with `on`."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.scripts: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handlers += [
            name for name, value in attrs if name.startswith("on") or (value or "").startswith("javascript:")
        ]
        if tag == "script" and ("type", "application/json") not in attrs:
            self.inside = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts[-1] += data


def test_template_markers_come_out_as_written_and_nothing_hostile_runs() -> None:
    site, _ = build(HOSTILE)
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        scripts = Scripts()
        scripts.feed(content.decode())
        assert scripts.handlers == [], path
        for script in scripts.scripts:
            assert "alert" not in script, path
            assert "{{" not in script, path
    page = next(content for path, content in site.items() if path == "hostile.html").decode()
    assert "{{ 7*7 }}" in page
    assert "{% for x in range(9) %}" in page
    assert ">49<" not in page


def test_a_story_of_built_in_places_needs_nothing_else_and_crosses_the_pacific(tmp_path: Path) -> None:
    story = (
        "---\ntitle: Across\nline: great-circle\n---\n\n"
        "## A\nplace: Tokyo\n\nT.\n\n## B\nplace: Lima\n\nT.\n\n## C\nplace: NZ\n\nT.\n"
    )
    site, _ = build(make(tmp_path, story))
    assert {"index.html", "story-1.html", "places/tokyo.html", "places/lima.html"} <= site.keys()
    payload = payload_of(site["story-1.html"])
    (first, *_) = (leg for step in payload["steps"] for layer in step["layers"] for leg in layer.get("legs", ()))
    parts = unpack_arcs(first["parts"])
    assert len(parts) == 2
    assert abs(parts[0][-1][0]) == 180 * 10 ** first["digits"]
    west, _, east, _ = payload["view"]
    assert west > east


def test_a_hook_of_the_author_adds_folium_elements(tmp_path: Path) -> None:
    folder = make(
        tmp_path, "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nT.\n", settings='map_hook = "my_hook_a:add"\n'
    )
    (folder / "my_hook_a.py").write_text(
        "import folium\n\ndef add(map, story):\n"
        "    if story:\n        folium.Circle((35.7, 139.7), radius=9000).add_to(map)\n"
    )
    site, problems = build(folder)
    assert "L.circle" in site["story-1.html"].decode()
    assert "L.circle" not in site["index.html"].decode()
    assert "foreign-asset" not in problems
    # Only the map with an element of Folium's own needs all of Leaflet.
    assert 'src="assets/whole.js"' in site["story-1.html"].decode()
    assert 'src="assets/storymap.js"' in site["index.html"].decode()
    assert len(site["assets/whole.js"]) > len(site["assets/storymap.js"])


def test_only_maps_with_data_need_the_script_that_draws_it(tmp_path: Path) -> None:
    plain = "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nT.\n"
    shown = "---\ntitle: Two\nlayers: {spots: spots.geojson}\n---\n\n## A\nlayers: spots\n\nT.\n"
    folder = make(tmp_path / "data", plain, shown)
    point = '{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [14, 50]}}'
    (folder / "stories" / "spots.geojson").write_text(point, encoding="utf-8")
    site, _ = build(folder)
    assert 'src="assets/storymap.js"' in site["story-1.html"].decode()
    assert 'src="assets/points.js"' in site["story-2.html"].decode()
    assert len(site["assets/storymap.js"]) < len(site["assets/points.js"])


def test_only_maps_with_tiles_need_the_script_that_loads_them(tmp_path: Path) -> None:
    story = "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nT.\n"
    site, _ = build(make(tmp_path / "drawn", story, settings="search = false\n"))
    assert [path for path in site if path.endswith(".js")] == [
        "assets/atlas.js",
        "assets/reading.js",
        "assets/sharing.js",
        "assets/storymap.js",
    ]
    tiles = 'tiles = "https://tiles.example/{z}/{x}/{y}.png"\ntiles_attribution = "Somebody"\n'
    site, _ = build(make(tmp_path / "tiled", story, settings=tiles))
    assert all('src="assets/whole.js"' in site[page].decode() for page in ("index.html", "story-1.html"))
    assert b"tileload" in site["assets/whole.js"]
    assert b"tileload" not in site["assets/storymap.js"]


def test_a_hook_that_loads_from_elsewhere_is_told_and_one_that_fails_stops_the_build(tmp_path: Path) -> None:
    story = "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nT.\n"
    folder = make(tmp_path, story, settings='map_hook = "my_hook_b:add"\n')
    hook = folder / "my_hook_b.py"
    hook.write_text("import folium.plugins\n\ndef add(map, story):\n    folium.plugins.Draw().add_to(map)\n")
    assert "foreign-asset" in build(folder)[1]
    (folder / "storymap.toml").write_text('title = "Test"\nmap_hook = "my_hook_c:add"\n')
    (folder / "my_hook_c.py").write_text("def add(map, story):\n    raise ValueError('no')\n")
    with pytest.raises(StorymapError, match="hook-failed"):
        build(folder)
    (folder / "my_hook_c.py").write_text("import sys\n\ndef add(map, story):\n    sys.exit('enough')\n")
    with pytest.raises(StorymapError, match=r"my_hook_c.py:4:5: error\[hook-failed\].* SystemExit: enough"):
        build(folder)
    (folder / "storymap.toml").write_text('title = "Test"\nmap_hook = "my_hook_d:add"\n')
    with pytest.raises(StorymapError, match="unknown-hook"):
        build(folder)
    (folder / "my_hook_d.py").write_text("raise SystemExit(3)\n")
    with pytest.raises(StorymapError, match="unknown-hook"):
        build(folder)


def test_a_site_carries_those_plugins_that_a_page_of_it_loads_and_their_licences(tmp_path: Path) -> None:
    story = "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nT.\n"
    folder = make(tmp_path, story, settings='map_hook = "my_hook_e:add"\n')
    hook = folder / "my_hook_e.py"
    hook.write_text(
        "from folium.plugins import MarkerCluster\n\ndef add(map, story):\n    story and MarkerCluster().add_to(map)\n"
    )
    site, told = build(folder)
    assert "foreign-asset" not in told
    carried = {path for path in site if path.startswith("assets/plugins/")}
    assert carried == {
        "assets/plugins/leaflet.markercluster/leaflet.markercluster.js",
        "assets/plugins/leaflet.markercluster/MarkerCluster.css",
        "assets/plugins/leaflet.markercluster/MarkerCluster.Default.css",
    }
    assert "licenses/leaflet.markercluster.txt" in site
    (folder / "storymap.toml").write_text('title = "Test"\n')
    assert not any("markercluster" in path for path in build(folder)[0])


def test_an_earlier_address_leads_to_the_new_one(tmp_path: Path) -> None:
    site, _ = build(make(tmp_path, "---\ntitle: One\naliases: [first]\n---\n\n## A\nplace: Tokyo\n\nT.\n"))
    assert 'content="0; url=story-1.html"' in site["first.html"].decode()


def test_no_page_names_another_host_except_in_links(own_site: Mapping[str, bytes]) -> None:
    """What a browser would fetch by itself is always a relative path."""
    for path, content in own_site.items():
        if path.endswith(".html"):
            fetched = re.findall(
                r'<(?:img|script|link|iframe|source|video|audio)[^>]*?(?:src|href)="([^"]*)"', content.decode()
            )
            assert not [address for address in fetched if re.match(r"(?!data:)[a-z]+:|//", address)], path


def test_a_second_story_changes_only_what_shows_it(tmp_path: Path) -> None:
    one = "---\ntitle: One\norder: 1\n---\n\n## A\nplace: Tokyo\n\nT.\n"
    folder = make(tmp_path, one)
    before, _ = build(folder)
    (folder / "stories" / "story-2.md").write_text("---\ntitle: Two\norder: 2\n---\n\n## A\nplace: Lima\n\nT.\n")
    after, _ = build(folder)
    same = {path for path in before if before[path] == after[path]}
    assert "stills/story-1/a.svg" in same
    assert "index.html" not in same
    assert hashlib.sha256(before["assets/storymap.js"]).digest() == hashlib.sha256(after["assets/storymap.js"]).digest()


def test_a_draft_that_is_shown_says_so_on_its_page_and_on_its_card(tmp_path: Path) -> None:
    folder = make(tmp_path, "---\ntitle: One\ndraft: true\n---\n\n## A\nplace: Tokyo\n\nT.\n")
    (folder / "stories" / "two.md").write_text("---\ntitle: Two\n---\n\n## B\nplace: Lima\n\nT.\n", encoding="utf-8")
    site = build_site(load_project(folder), drafts=True)
    marked = [path for path, content in site.items() if path.endswith(".html") and b'class="draft-mark"' in content]
    assert len(marked) == 2
    assert "index.html" in marked
    assert b'<meta name="robots" content="noindex">' in site[next(path for path in marked if path != "index.html")]
    assert b"draft-mark" not in re.sub(rb"(?s)<style>.*?</style>", b"", site["two.html"])


def test_places_that_stories_name_have_a_page_and_the_others_where_all_are_asked_for(tmp_path: Path) -> None:
    story = (
        "---\ntitle: One\n---\n\nSee [one](place:opened).\n\n## A\nplace: stepped\n\n"
        "By [another](place:linked).[^1]\n\n[^1]: And [Lima](place:Lima), near [a spot](geo:1.5,2.5), "
        "not far from [there](place:noted).\n"
    )
    make(tmp_path, story)
    (tmp_path / "geo").mkdir()
    names = ("opened", "stepped", "linked", "noted", "idle")
    rows = "".join(f"{name},{number}.5,20,survey\n" for number, name in enumerate(names))
    (tmp_path / "geo" / "places.csv").write_text(f"name,lat,lon,source\n{rows}")

    def places(site: Site) -> set[str]:
        return {path[len("places/") : -len(".html")] for path in site if re.fullmatch(r"places/[^/]+\.html", path)}

    site, _ = build(tmp_path)
    assert places(site) == {"opened", "stepped", "linked", "noted", "lima", "1-5000n-2-5000e"}
    assert b"idle" not in b"".join(content for path, content in site.items() if path.endswith(".html"))
    (tmp_path / "storymap.toml").write_text('title = "Test"\npages = "all"\n')
    site, _ = build(tmp_path)
    assert places(site) == {"opened", "stepped", "linked", "noted", "lima", "1-5000n-2-5000e", "idle"}


def test_stories_stand_in_the_order_of_time_and_no_day_is_written_that_html_does_not_know(tmp_path: Path) -> None:
    stories = [
        f'---\ntitle: T{number}\ndate: "{date}"\n---\n\n## A\nplace: 1, 2\ndate: "{date}"\n\nText.\n'
        for number, date in enumerate(("0100", "-0043", "-0499", "../1918", "1920-05-06/..", "Y12000"))
    ]
    site, _ = build(make(tmp_path, *stories))
    cards = re.findall(r">T(\d)<", site["index.html"].decode())
    assert list(dict.fromkeys(cards)) == ["2", "1", "0", "3", "4", "5"]
    days = [re.findall(r'datetime="([^"]*)"', site[f"story-{number}.html"].decode()) for number in range(1, 7)]
    assert [sorted(set(found)) for found in days] == [["0100-01-01"], [], [], [], ["1920-05-06"], ["12000-01-01"]]
