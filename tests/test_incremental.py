"""After any edit the preview and a build with a cache on disk give what a clean build makes, and so is what is told.

Two hundred random edits on a site of ten stories, four runs of fifty: prose, headings, places, dates, links,
pictures, places of `geo/`, settings, drafts, new and deleted and renamed stories, a map hook, and mistakes that come
and go. After each, every file of the site is compared.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from storymap.addresses import ATLAS, PLUGINS, list_still
from storymap.building import content, places, stories
from storymap.building.build import build_site
from storymap.building.disk_cache import DiskCache
from storymap.building.plan import plan_site
from storymap.building.rebuilding import Rebuilder
from storymap.building.runner import Runner
from storymap.errors import Report, StorymapError
from storymap.project import load_project

STORIES = 10
RUNS, EDITS = 4, 50
# Names that get in each other's way: one town in two spellings, a country named like a town, one id for two places.
PLACES = ("Prague", "Praha", "Tokyo", "Lima", "Georgia", "Paris, Texas", "Paris", "Guatemala", "Guatemala City", "CZ",
          "50.08, 14.43", "geo:-18.14,178.44", "Hill", "Ford", "Washington, D.C.", "Singapore")  # fmt: skip
WORDS = "ship harbour letter telegraph clerk ministry river bridge border summit answer protest vote".split()


class Author:
    """Somebody who edits a project at random; the same edits for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.count = 0
        (folder / "stories").mkdir(parents=True)
        (folder / "geo").mkdir()
        self.write("storymap.toml", 'title = "Edits"\n')
        self.write_geo({"Hill": (14.5, 50.0), "Ford": (-70.0, -20.0), "Lake": (30.0, 1.0)})
        self.write("geo/more.csv", "name,lat,lon\nMill,48.2,16.4\n")
        self.write_picture("stories/view.png", 3)
        for _ in range(STORIES):
            self.add_story()

    def edit(self) -> str:
        """Make one edit; gives its name."""
        edits: list[Callable[[], None]] = [
            *[self.change_prose] * 6, *[self.change_heading] * 3, *[self.change_place] * 4, self.change_date,
            self.add_step, self.delete_step, self.swap_steps, self.add_story, self.delete_story, self.rename_story,
            *[self.change_front] * 3, *[self.change_geo] * 3, self.change_table, *[self.change_picture] * 2,
            self.change_settings, *[self.link_stories] * 2, *[self.make_mistake] * 2, *[self.mend] * 4,
            self.change_hook, self.touch,
        ]  # fmt: skip
        edit = self.chance.choice(edits)
        edit()
        return edit.__name__

    def change_prose(self) -> None:
        self.rewrite(lambda text: text + f"\n{self.sentence()}\n")

    def change_heading(self) -> None:
        self.rewrite(lambda text: re.sub(r"^## .*", f"## {self.sentence()}", text, count=1, flags=re.MULTILINE))

    def change_place(self) -> None:
        self.rewrite(lambda text: re.sub(r"^place: .*", self.place(), text, count=1, flags=re.MULTILINE))

    def change_date(self) -> None:
        self.rewrite(
            lambda text: re.sub(r"^date: .*", f"date: {self.chance.randint(1900, 1999)}", text, flags=re.MULTILINE)
        )

    def add_step(self) -> None:
        self.rewrite(lambda text: text + self.step())

    def delete_step(self) -> None:
        self.rewrite(lambda text: text.rpartition("\n## ")[0] if text.count("\n## ") > 1 else text)

    def swap_steps(self) -> None:
        def swap(text: str) -> str:
            head, *steps = text.split("\n## ")
            self.chance.shuffle(steps)
            return "\n## ".join((head, *steps))

        self.rewrite(swap)

    def add_story(self) -> None:
        self.count += 1
        front = self.chance.choice(("", "line: great-circle\n", "order: 3\n", "lang: cs\n", "cover: view.png\n"))
        steps = "".join(self.step() for _ in range(self.chance.randint(1, 3)))
        self.write(f"stories/s-{self.count}.md", f"---\ntitle: {self.sentence()}\n{front}---\n{steps}")

    def delete_story(self) -> None:
        if len(self.stories) > 2:
            self.story().unlink()

    def rename_story(self) -> None:
        self.count += 1
        self.story().rename(self.folder / "stories" / f"s-{self.count}.md")

    def change_front(self) -> None:
        line = self.chance.choice(
            (f"title: {self.sentence()}", "draft: true", "draft: false", "date: 1950", "aliases: [once]", "order: 1")
        )
        key = line.partition(":")[0]

        def put(text: str) -> str:
            text = re.sub(rf"^{key}: .*\n", "", text, count=1, flags=re.MULTILINE) if key != "date" else text
            return text.replace("---\n", f"---\n{line}\n", 1)

        self.rewrite(put)

    def change_geo(self) -> None:
        names = {"Hill": (14.5 + self.chance.random(), 50.0), "Ford": (-70.0, -20.0)}
        if self.chance.random() < 0.5:
            names["Prague"] = (14.42, 50.09)
        if self.chance.random() < 0.5:
            names["Tokio"] = (139.7, 35.7)
        self.write_geo(names)

    def change_table(self) -> None:
        self.write("geo/more.csv", f"name,lat,lon\nMill,{self.chance.randint(40, 60)}.5,16.4\n")

    def change_picture(self) -> None:
        picture = self.folder / "stories" / "view.png"
        if picture.exists() and self.chance.random() < 0.2:
            picture.unlink()
        else:
            self.write_picture("stories/view.png", self.chance.randint(1, 9))  # of the same number of bytes

    def change_settings(self) -> None:
        lines = ['title = "Edits"', f'title = "{self.sentence()}"']
        more = ("", 'lang = "de"\n', 'line = "straight"\n', 'map_hook = "pins:add"\n')
        self.write("storymap.toml", f"{self.chance.choice(lines)}\n{self.chance.choice(more)}")
        if not (self.folder / "pins.py").exists():
            self.change_hook()

    def change_hook(self) -> None:
        spot = self.chance.randint(10, 20)
        self.write(
            "pins.py", f"import folium\n\ndef add(map, story):\n    folium.Marker(({spot}, {spot})).add_to(map)\n"
        )

    def link_stories(self) -> None:
        other = self.story()
        ids = re.findall(r"^## ([a-z ]+)$", other.read_text(encoding="utf-8"), flags=re.MULTILINE)
        step = f"#{self.chance.choice(ids).strip().replace(' ', '-')}" if ids else ""
        self.rewrite(lambda text: text + f"\nSee [there]({other.name}{step}).\n")

    def make_mistake(self) -> None:
        mistake = self.chance.choice(("place: Nowhere At All\n", "zoom: far\n", "plase: Lima\n"))
        self.rewrite(lambda text: text + f"\n## Mistake\n{mistake}\nText.\n")

    def mend(self) -> None:
        """Take out what keeps the site from being built, wherever it is."""
        for story in self.stories:
            text = story.read_text(encoding="utf-8")
            mended = re.sub(r"\n## Mistake\n.*\n\nText\.\n", "", text)
            mended = re.sub(r"\nSee \[there\].*\n", "", mended)
            if mended != text:
                story.write_text(mended, encoding="utf-8")
        self.write_picture("stories/view.png", 5)

    def touch(self) -> None:
        self.rewrite(lambda text: text)

    @property
    def stories(self) -> list[Path]:
        return sorted((self.folder / "stories").glob("*.md"))

    def story(self) -> Path:
        return self.chance.choice(self.stories)

    def rewrite(self, change: Callable[[str], str]) -> None:
        story = self.story()
        story.write_text(change(story.read_text(encoding="utf-8")), encoding="utf-8")

    def step(self) -> str:
        date = f"date: 19{self.chance.randint(10, 99)}\n" if self.chance.random() < 0.5 else ""
        highlight = "highlight: [FR, CZ]\n" if self.chance.random() < 0.2 else ""
        picture = "\n![A view](view.png)\n" if self.chance.random() < 0.2 else ""
        link = f"\nSee [it](place:{self.chance.choice(PLACES[:8]).replace(' ', '%20')}).\n"
        return f"\n## {self.sentence()}\n{self.place()}\n{date}{highlight}\n{self.sentence()}.\n{picture}{link}"

    def place(self) -> str:
        names = self.chance.sample(PLACES, self.chance.randint(1, 2))
        return "place: " + json.dumps(names)

    def sentence(self) -> str:
        return " ".join(self.chance.sample(WORDS, 3))

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def write_geo(self, places: dict[str, tuple[float, float]]) -> None:
        features = [
            {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": list(at)}}
            for name, at in places.items()
        ]
        self.write("geo/places.geojson", json.dumps({"type": "FeatureCollection", "features": features}, indent=1))

    def write_picture(self, path: str, shade: int) -> None:
        (self.folder / path).write_bytes(draw_square(shade))


def draw_square(shade: int) -> bytes:
    """A grey PNG of one pixel; every shade takes the same number of bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(bytes((0, shade)), 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def build_again(folder: Path, file: Path) -> dict[str, bytes]:
    """The site as a process makes it that has nothing but the cache at `file`; nothing where there are mistakes."""
    report = Report()
    site: dict[str, bytes] = {}
    with contextlib.closing(DiskCache(file)) as cache:
        runner = Runner(cache)
        try:
            plan = plan_site(load_project(folder), report, runner=runner)
        except StorymapError:
            return {}
        for task, result in runner.run(plan.tasks):
            report.include(result.record.report)
            content = runner.read(task, result.record) if result.content is None else result.content
            assert content is not None
            if not report.errors:
                site.update(task.divide(content))
    return {} if report.errors else site


def list_pages(site: dict[str, bytes]) -> list[str]:
    """The pages, each of which is all that its task makes: one that is kept is the same object."""
    return [path for path in site if path.endswith(".html")]


def build_clean(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The site of a build that remembers nothing, empty where it fails, and what is told."""
    report = Report()
    try:
        site = build_site(load_project(folder), report=report)
    except StorymapError as error:
        return {}, sorted(str(problem) for problem in {*report.problems, *error.problems})
    return site, sorted(map(str, report.problems))


@pytest.mark.parametrize("run", range(RUNS))
def test_after_any_edit_the_site_is_the_one_that_a_clean_build_makes(run: int, tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=run)
    rebuilder = Rebuilder(author.folder)
    edits: list[str] = []
    good = 0
    for _ in range(EDITS):
        built = rebuilder.build()
        made = dict(built.site)
        site, told = build_clean(author.folder)
        assert {path for path in site if made.get(path) != site[path]} == set(), edits
        assert made.keys() == site.keys(), edits
        assert build_again(author.folder, tmp_path / "cache" / "a.sqlite") == site, edits
        assert sorted(map(str, built.problems)) == told, edits
        good += bool(site)
        edits.append(author.edit())
    assert good >= EDITS // 3
    assert len(set(edits)) > 10


def test_an_edit_of_one_story_changes_its_own_page_only(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=7)
    rebuilder = Rebuilder(author.folder)
    before = rebuilder.build()
    pages = dict(before.site)
    story = author.stories[3]
    story.write_text(story.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    after = rebuilder.build()
    assert after.changed == {f"{story.stem}.html", f"assets/search/texts/{story.stem}.js"}
    assert all(after.site[path] == pages[path] for path in pages if path not in after.changed)
    assert all(after.site[path] is pages[path] for path in list_pages(pages) if path not in after.changed)


def test_an_edit_that_moves_lines_asks_nothing_of_other_stories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = Author(tmp_path / "project", seed=7)
    rebuilder = Rebuilder(author.folder)
    rebuilder.build()
    asked: list[str] = []
    for module, name in ((content, "find_names"), (stories, "list_shared"), (places, "find_neighbours")):
        monkeypatch.setattr(module, name, lambda *_, name=name: asked.append(name))
    story = author.stories[3]
    story.write_text(story.read_text(encoding="utf-8").replace("## ", "More.\n\n## ", 1), encoding="utf-8")
    assert rebuilder.build().changed == {f"{story.stem}.html", f"assets/search/texts/{story.stem}.js"}
    assert asked == []


def test_what_an_edit_leaves_as_it_was_can_still_be_made_after_it(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=12)
    rebuilder = Rebuilder(author.folder)
    first = rebuilder.build()
    stills = [path for path in first.site if path.startswith("stills/")]
    for _ in range(3):
        for story in author.stories:
            story.write_text(story.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        built = rebuilder.build()
    assert stills
    for path in stills:
        assert built.site.version(path) == first.site.version(path)
        assert built.site[path].startswith(b"<svg")


def test_the_map_of_the_atlas_is_not_drawn_again_for_what_it_does_not_show(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=13)
    rebuilder = Rebuilder(author.folder)
    rebuilder.build()
    story = author.stories[0]
    text = story.read_text(encoding="utf-8")
    story.write_text(re.sub("^title: .*", "title: Another", text, flags=re.MULTILINE), encoding="utf-8")
    changed = rebuilder.build().changed
    assert ATLAS in changed
    assert list_still(ATLAS) not in changed


def test_a_mistake_gives_no_site_and_when_it_is_mended_nothing_is_made_again(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=8)
    rebuilder = Rebuilder(author.folder)
    pages = dict(rebuilder.build().site)
    story = author.stories[0]
    text = story.read_text(encoding="utf-8")
    story.write_text(text + "\n## Lost\nplace: Nowhere At All\n\nText.\n", encoding="utf-8")
    broken = rebuilder.build()
    assert broken.failed
    assert not broken.site
    assert [problem.code for problem in broken.problems if problem.severity == "error"] == ["unknown-place"]
    story.write_text(text, encoding="utf-8")
    mended = rebuilder.build()
    assert not mended.failed
    assert mended.changed == frozenset()
    assert dict(mended.site) == pages
    assert all(mended.site[path] is pages[path] for path in list_pages(pages))


def test_what_is_found_in_making_a_page_is_told_when_the_page_is_asked_for(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=9)
    author.write("storymap.toml", 'title = "Edits"\nmap_hook = "pins:add"\n')
    author.write(
        "pins.py", "from folium import TileLayer\n\n"
        "def add(map, story):\n    TileLayer('https://tiles.example/{z}/{x}/{y}.png', attr='T').add_to(map)\n"
    )  # fmt: skip
    built = Rebuilder(author.folder).build()
    assert not [problem for problem in built.problems if problem.code == "foreign-asset"]
    assert built.site["index.html"]
    assert [problem for problem in built.problems if problem.code == "foreign-asset"]


def test_while_it_is_looked_at_the_page_for_lost_addresses_leads_to_where_the_site_stands(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=10)
    author.write("storymap.toml", 'title = "Edits"\nurl = "https://stories.example/site"\n')
    assert b'href="https://stories.example/site/index.html"' in Rebuilder(author.folder).build().site["404.html"]
    seen = Rebuilder(author.folder, url="http://127.0.0.1:8000").build().site["404.html"]
    assert b'href="http://127.0.0.1:8000/index.html"' in seen
    assert b"stories.example" not in seen


def test_a_file_that_becomes_something_else_is_seen_though_its_bytes_are_the_same(tmp_path: Path) -> None:
    """Folders, links and what they lead to are part of what a site is made of."""
    author = Author(tmp_path / "project", seed=11)
    rebuilder = Rebuilder(author.folder)
    geo, stories, away = author.folder / "geo", author.folder / "stories", tmp_path / "away"

    def compare() -> set[str]:
        built = rebuilder.build()
        site, told = build_clean(author.folder)
        assert dict(built.site) == site
        assert sorted(map(str, built.problems)) == told
        return {problem.code for problem in built.problems if problem.severity != "note"}

    assert compare() == set()
    shutil.copytree(geo, away)
    geo.rename(author.folder / "was-geo")
    geo.symlink_to(away)
    assert "outside-project" in compare()
    geo.unlink()
    (author.folder / "was-geo").rename(geo)
    assert compare() == set()
    (geo / "more.csv").replace(author.folder / "more.csv")
    (geo / "more.csv").symlink_to("../more.csv")
    assert compare() == set()
    (geo / "more.csv").unlink()
    (geo / "more.csv").symlink_to(away / "more.csv")
    assert "outside-project" in compare()
    (geo / "more.csv").unlink()
    (geo / "empty").mkdir()
    assert compare() == set()
    (geo / "empty").rmdir()
    (geo / "empty").symlink_to(stories)
    assert compare() == {"linked-folder"}
    (geo / "empty").unlink()
    story = author.stories[0]
    text = story.read_bytes()
    story.unlink()
    story.mkdir()
    assert "unreadable-file" in compare()
    story.rmdir()
    story.symlink_to(story.name)
    assert "outside-project" in compare()
    story.unlink()
    (author.folder / "aside.md").write_bytes(text)
    story.symlink_to("../aside.md")
    assert compare() == set()
    (stories / "view.png").rename(stories / "View.png")
    assert compare() <= {"picture-case"}
    (stories / "View.png").rename(stories / "view.png")
    assert compare() == set()


def test_what_a_hook_reads_beside_the_places_and_the_stories_is_seen(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=12)
    author.write("storymap.toml", 'title = "Edits"\nmap_hook = "pins:add"\n')
    author.write(
        "pins.py", "import folium\nfrom pathlib import Path\n\n"
        "SPOTS = Path(__file__).parent / 'stories' / 'spots.txt'\n\n"
        "def add(map, story):\n    folium.Marker((int(SPOTS.read_text()), 7)).add_to(map)\n"
    )  # fmt: skip
    (author.folder / "unreadable.py").symlink_to("nowhere.py")
    rebuilder = Rebuilder(author.folder)
    seen = set()
    for spot in (12, 34):
        author.write("stories/spots.txt", str(spot))
        site = dict(rebuilder.build().site)
        assert site == build_clean(author.folder)[0]
        seen.add(site["index.html"])
    assert len(seen) == 2


def test_of_the_plugins_that_the_package_carries_the_preview_lists_those_that_a_page_loads(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", seed=14)
    author.write("storymap.toml", 'title = "Edits"\nmap_hook = "pins:add"\n')
    author.write(
        "pins.py", "from folium.plugins import Fullscreen\n\ndef add(map, story):\n    Fullscreen().add_to(map)\n"
    )
    site = Rebuilder(author.folder).build().site
    assert not [path for path in site if path.startswith(PLUGINS)]
    made = {path: site[path] for path in site}
    assert made == build_clean(author.folder)[0]
    assert [path for path in made if path.startswith(PLUGINS)]
    assert len(site) == len(made)
