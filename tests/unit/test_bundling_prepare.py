"""Preparing `storymap/static/`: whole or not at all, and no more work than is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.bundling import BundlingError
from storymap.bundling.prepare import PARTS, Part, list_damages, list_requirements, prepare_static
from storymap.bundling.requirements import DATA_REQUIREMENTS


class Workshop:
    """A checkout with two parts to make, which notes in a file what is made: other processes may make it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.static = root / "storymap" / "static"
        self.made = root / "made.txt"
        self.told: list[str] = []
        (root / "storymap" / "bundling").mkdir(parents=True)
        self.write("bundling/script.py", "from storymap.bundling import ink\n")
        self.write("bundling/ink.py", "INK = 'blue'\n")
        self.write("bundling/map.py", "SCALE = 1\n")
        self.parts = (
            Part("script", outputs=("script.js",), sources=("bundling/script.py",), make=self.make_script),
            Part("map", outputs=("map",), sources=("bundling/map.py",), make=self.make_map),
        )

    def write(self, name: str, text: str) -> None:
        (self.root / "storymap" / name).write_text(text, encoding="utf-8")

    def make_script(self, package: Path, static: Path) -> None:
        self.note("script")
        (static / "script.js").write_text((package / "bundling" / "ink.py").read_text(encoding="utf-8"))

    def make_map(self, package: Path, static: Path) -> None:
        self.note("map")
        (static / "map").mkdir()
        (static / "map" / "land.json").write_text((package / "bundling" / "map.py").read_text(encoding="utf-8"))

    def note(self, part: str) -> None:
        with self.made.open("a", encoding="utf-8") as made:
            made.write(f"{part}\n")

    def prepare(self) -> list[str]:
        """Prepare, and return what had to be made for it, sorted."""
        self.made.write_text("", encoding="utf-8")
        prepare_static(self.root, parts=self.parts, say=self.told.append)
        return sorted(self.made.read_text(encoding="utf-8").split())


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_first_time_makes_everything_and_says_so(workshop):
    assert workshop.prepare() == ["map", "script"]
    assert workshop.told == ["storymap: making the script", "storymap: making the map"]
    assert list_damages(workshop.static, parts=workshop.parts) == []


def test_second_time_makes_nothing(workshop):
    workshop.prepare()
    before = {path: path.stat().st_mtime_ns for path in workshop.static.rglob("*")}
    assert workshop.prepare() == []
    assert {path: path.stat().st_mtime_ns for path in workshop.static.rglob("*")} == before


def test_changed_source_makes_its_part_alone(workshop):
    workshop.prepare()
    workshop.write("bundling/map.py", "SCALE = 2\n")
    assert workshop.prepare() == ["map"]
    assert (workshop.static / "map" / "land.json").read_text() == "SCALE = 2\n"
    assert (workshop.static / "script.js").read_text() == "INK = 'blue'\n"


def test_what_a_source_imports_is_a_source(workshop):
    workshop.prepare()
    workshop.write("bundling/ink.py", "INK = 'red'\n")
    assert workshop.prepare() == ["script"]


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_text("cut sho")])
def test_lost_or_damaged_file_makes_its_part_again(workshop, harm):
    workshop.prepare()
    harm(workshop.static / "map" / "land.json")
    assert list_damages(workshop.static, parts=workshop.parts) == ["map/land.json"] or harm is Path.unlink
    assert workshop.prepare() == ["map"]


def test_unreadable_manifest_makes_everything_again(workshop):
    workshop.prepare()
    (workshop.static / "built.json").write_text("[]")
    assert workshop.prepare() == ["map", "script"]


def test_failed_part_leaves_the_last_whole_state(workshop, tmp_path):
    workshop.prepare()
    before = {path: path.read_bytes() for path in workshop.static.rglob("*") if path.is_file()}

    def fail(package: Path, static: Path) -> None:
        (static / "map").mkdir()
        raise BundlingError("the pen broke")

    workshop.write("bundling/map.py", "SCALE = 3\n")
    parts = (workshop.parts[0], Part("map", outputs=("map",), sources=("bundling/map.py",), make=fail))
    with pytest.raises(BundlingError, match="the pen broke"):
        prepare_static(workshop.root, parts=parts, say=workshop.told.append)
    assert {path: path.read_bytes() for path in workshop.static.rglob("*") if path.is_file()} == before
    assert list((tmp_path / "build").iterdir()) == []


def test_part_that_comes_out_without_its_files_fails_the_build(workshop):
    parts = (Part("map", outputs=("map",), sources=("bundling/map.py",), make=lambda package, static: None),)
    with pytest.raises(BundlingError, match="the map came out without map, so there is no package to build"):
        prepare_static(workshop.root, parts=parts, say=workshop.told.append)
    assert not workshop.static.exists()


def test_unpacked_sdist_is_used_as_it_is(workshop):
    workshop.prepare()
    (workshop.root / "PKG-INFO").write_text("Name: folium-storymap\n")
    workshop.write("bundling/map.py", "SCALE = 4\n")
    assert workshop.prepare() == []


def test_unpacked_sdist_that_lost_a_file_fails_and_names_it(workshop):
    workshop.prepare()
    (workshop.root / "PKG-INFO").write_text("Name: folium-storymap\n")
    (workshop.static / "map" / "land.json").unlink()
    with pytest.raises(BundlingError, match=r"not whole: storymap/static/map"):
        workshop.prepare()


def test_unpacked_sdist_needs_nothing_from_the_registry(tmp_path):
    (tmp_path / "PKG-INFO").write_text("Name: folium-storymap\n")
    assert list_requirements(tmp_path) == ()


def test_bare_checkout_asks_for_what_makes_the_data(tmp_path):
    (tmp_path / "storymap").mkdir()
    assert set(DATA_REQUIREMENTS) <= set(list_requirements(tmp_path))


def test_every_bundling_module_is_a_source_of_some_part(repository):
    """A module left out would change without anything being made anew."""
    from storymap.bundling.prepare import _list_sources

    package = repository / "storymap"
    sources = {path.name for part in PARTS for path in _list_sources(part, package) if path.parent.name == "bundling"}
    frame = {"__main__.py", "hook.py", "node.py", "prepare.py"}
    assert {path.name for path in (package / "bundling").glob("*.py")} - frame - sources == set()


def test_every_source_pattern_finds_something(repository):
    package = repository / "storymap"
    lost = [pattern for part in PARTS for pattern in part.sources if not any(package.glob(pattern))]
    assert lost == []


def test_this_checkout_is_prepared(repository):
    """What the other tests run on is what its sources say."""
    assert list_damages(repository / "storymap" / "static") == []
    assert list_requirements(repository) == ()
