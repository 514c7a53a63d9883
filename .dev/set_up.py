"""Install the project into .venv, editable, and prepare its bundle and data: only what is not there yet.

`--test` adds what the tests need. `--requirements` stops before the project itself, which may then be prepared beside
other work: so does .dev/run_tests.py. Run by .dev/site and .dev/test with .venv's own Python.
"""

from __future__ import annotations

import compileall
import hashlib
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS_MARK = Path(sys.prefix) / "storymap-requirements"
_SAID_EVERY = 15
"""Seconds after which it is said that something is still under way."""

PACKAGE_MARK = Path(sys.prefix) / "storymap-installed"


def main() -> None:
    """Exit with 1 where pip fails, or what the project carries cannot be made; that has been said by then."""
    extra = "[test]" if "--test" in sys.argv[1:] else ""
    # The tests' environment serves the site as well.
    if _read(REQUIREMENTS_MARK) not in {_describe(extra), _describe("[test]")}:
        print(
            "storymap: the first time takes some minutes, later starts none: first packages are installed,\n"
            "          then the map of the world and the scripts of pages are made\n"
            "storymap: installing packages",
            flush=True,
        )
        _install(*_list_requirements("test" if extra else None))
        REQUIREMENTS_MARK.write_text(_describe(extra), encoding="utf-8")
    if "--requirements" not in sys.argv[1:]:
        _set_up_package()


def _set_up_package() -> None:
    needed = _list_preparations()
    if needed:
        print("storymap: making the map of the world and the scripts of pages", flush=True)
        _install(*needed)
        _run("-m", "storymap.bundling")  # found in this checkout, where it is not installed yet
    if _read(PACKAGE_MARK) != _describe(""):
        # Without isolation, whose environment would be filled a second time with much of the same.
        _install("--no-build-isolation", "--no-deps", "--editable", str(ROOT))
        PACKAGE_MARK.write_text(_describe(""), encoding="utf-8")
    # pip compiles what it installs, and not what it installs editable: each process would, where Python may keep no
    # bytecode, and tests start hundreds.
    compileall.compile_dir(ROOT / "storymap", quiet=2, rx=re.compile("/(node_modules|static)/"))


def _read(mark: Path) -> str:
    return mark.read_text(encoding="utf-8") if mark.is_file() else ""


def _install(*arguments: str) -> None:
    _run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*arguments: str) -> None:
    """Run Python, and say from time to time that it still does; exit with 1 where it fails, which it has told."""
    began = time.monotonic()
    with subprocess.Popen((sys.executable, *arguments), cwd=ROOT) as process:
        while True:
            try:
                failed = process.wait(_SAID_EVERY) != 0
                break
            except subprocess.TimeoutExpired:
                print(f"storymap: … {time.monotonic() - began:.0f} s so far", flush=True)
    if failed:
        sys.exit(1)


def _list_requirements(extra: str | None) -> list[str]:
    """What the project needs, to be built as well, and what an extra adds."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    return [
        *declared["build-system"]["requires"],
        "editables",  # which hatchling asks for where an install is editable
        *project["dependencies"],
        *(project["optional-dependencies"][extra] if extra else ()),
    ]


def _list_preparations() -> tuple[str, ...]:
    """What preparing `storymap/static/` needs: nothing where it is up to date."""
    sys.path.insert(0, str(ROOT))
    from storymap.bundling.prepare import list_requirements

    return list_requirements(ROOT)


def _describe(extra: str) -> str:
    return f"{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()} {extra}\n"


if __name__ == "__main__":
    main()
