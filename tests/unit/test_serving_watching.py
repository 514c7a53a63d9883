"""What counts as a save, and that none is missed: on a real folder, waiting for what is told."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from storymap.serving.watching import is_source, list_folders, watch_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "site-packages" / "my site"  # whatever the folders above are called
    for name in ("stories/pictures", "geo", "site", ".git", "node_modules/deep", "hooks"):
        (root / name).mkdir(parents=True)
    (root / "stories" / "a.md").write_text("a")
    (root / "hooks" / "maps.py").write_text("1")
    (root / "storymap.toml").write_text("")
    return root


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("stories/a.md", True),
        ("stories/pictures/a b.PNG", True),
        ("stories", True),
        ("geo/places.geojson", True),
        ("streets/city.osm.pbf", True),
        ("storymap.toml", True),
        ("pyproject.toml", True),
        ("hook.py", True),
        ("hooks/maps.py", True),
        ("site", False),
        ("site/index.html", False),
        ("README.md", False),
        (".git/index", False),
        ("stories/.a.md.swp", False),
        ("stories/a.md~", False),
        ("stories/#a.md#", False),
        ("stories/.hidden/a.md", False),
        ("hooks/__pycache__/maps.pyc", False),
        ("", False),
    ],
)
def test_sources_count_and_what_editors_and_builds_write_does_not(project: Path, path: str, counts: bool) -> None:
    assert is_source(str(project / path), project) is counts


def test_folders_of_sources_and_code_are_watched_and_no_others(project: Path) -> None:
    found = {folder.relative_to(project).as_posix() for folder in list_folders(project)}
    assert found == {".", "stories", "stories/pictures", "geo", "hooks"}


def rename_over(project: Path) -> None:
    fresh = project / "stories" / "a.md.new~"
    fresh.write_text("saved by renaming")
    fresh.replace(project / "stories" / "a.md")


def save_as_vim_does(project: Path) -> None:
    story = project / "stories" / "a.md"
    story.rename(story.with_name("a.md~"))
    story.write_text("saved")
    story.with_name("a.md~").unlink()


def add_folder_with_file(project: Path) -> None:
    (project / "stories" / "new").mkdir()
    (project / "stories" / "new" / "p.png").write_bytes(b"p")


def bring_geo_back(project: Path) -> None:
    shutil.rmtree(project / "geo")
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "places.csv").write_text("name,lat,lon\n")
    (project / "elsewhere").rename(project / "geo")


@pytest.mark.parametrize(
    ("save", "told"),
    [
        (lambda project: (project / "stories" / "a.md").write_text("b"), "stories/a.md"),
        (rename_over, "stories/a.md"),
        (save_as_vim_does, "stories/a.md"),
        (lambda project: (project / "stories" / "b.md").write_text("b"), "stories/b.md"),
        (lambda project: (project / "stories" / "a.md").unlink(), "stories/a.md"),
        (lambda project: (project / "stories" / "a.md").rename(project / "stories" / "c.md"), "stories/c.md"),
        (lambda project: (project / "stories" / "pictures" / "p.png").write_bytes(b"p"), "stories/pictures/p.png"),
        (lambda project: (project / "storymap.toml").write_text("title = 'x'"), "storymap.toml"),
        (lambda project: (project / "hooks" / "maps.py").write_text("2"), "hooks/maps.py"),
        (add_folder_with_file, "stories/new"),
        (bring_geo_back, "geo"),
        (lambda project: (project / "stories" / "pictures").rename(project / "stories" / "images"), "stories/images"),
    ],
)
def test_save_is_told(project: Path, save: Callable[[Path], object], told: str) -> None:
    async def check() -> None:
        stop = asyncio.Event()
        changes = watch_project(project, stop=stop)
        assert await anext(changes) == ()
        save(project)
        async with asyncio.timeout(20):
            async for changed in changes:
                if told in changed:
                    break
        stop.set()

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_file_in_a_folder_that_came_later_is_told(project: Path) -> None:
    async def check() -> None:
        stop = asyncio.Event()
        changes = watch_project(project, stop=stop)
        await anext(changes)
        (project / "stories" / "later").mkdir()
        async with asyncio.timeout(20):
            assert "stories/later" in await anext(changes)
            (project / "stories" / "later" / "p.png").write_bytes(b"p")
            assert "stories/later/p.png" in await anext(changes)
        stop.set()

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_folder_that_goes_before_it_is_watched_stops_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [(*list_folders(project), project / "geo" / "gone")]
    monkeypatch.setattr(
        "storymap.serving.watching.list_folders", lambda root: listed.pop() if listed else list_folders(root)
    )

    async def check() -> None:
        stop = asyncio.Event()
        changes = watch_project(project, stop=stop)
        async with asyncio.timeout(20):
            await anext(changes)
            await anext(changes)  # watched anew
            (project / "stories" / "a.md").write_text("b")
            assert await anext(changes) == ("stories/a.md",)
        stop.set()

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_what_build_writes_is_not_told(project: Path) -> None:
    async def check() -> None:
        stop = asyncio.Event()
        changes = watch_project(project, stop=stop)
        await anext(changes)
        (project / "site" / "index.html").write_text("built")
        (project / "site").rename(project / "site.old")
        (project / "stories" / ".a.md.swp").write_text("an editor's own")
        (project / "stories" / "a.md").write_text("the save after it")
        async with asyncio.timeout(20):
            assert await anext(changes) == ("stories/a.md",)
        stop.set()

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_tiles_of_the_authors_own_are_watched_wherever_they_are(tmp_path):
    (tmp_path / "maps" / "plan" / "12").mkdir(parents=True)
    (tmp_path / "storymap.toml").write_text('tiles = "maps/plan/{z}/{x}/{y}.png"')
    assert tmp_path / "maps" / "plan" in list_folders(tmp_path)
    assert is_source(str(tmp_path / "maps" / "plan" / "12"), tmp_path)
    assert not is_source(str(tmp_path / "maps" / "other.png"), tmp_path)
    (tmp_path / "storymap.toml").write_text('tiles = "plan.mbtiles"')
    assert is_source(str(tmp_path / "plan.mbtiles"), tmp_path)
    (tmp_path / "storymap.toml").write_text('tiles = "OpenStreetMap.Mapnik"')
    assert not is_source(str(tmp_path / "plan.mbtiles"), tmp_path)
