"""Install the project into .venv, editable, and prepare its bundle and data: only what is not there yet.

`--test` adds what the tests need. Run by .dev/site and .dev/test with .venv's own Python.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK = Path(sys.prefix) / "storymap-installed"


def main() -> None:
    """Exit with 1 where pip fails; it has said why."""
    extra = "[test]" if "--test" in sys.argv[1:] else ""
    if _is_installed(extra) and (_is_prepared() or (extra and _prepare())):
        return
    print("storymap: installing the project and what it needs; the first time takes a minute or two", flush=True)
    MARK.unlink(missing_ok=True)
    _install(*_list_requirements("test" if extra else None))
    _install(*_list_preparations())
    # Without isolation, whose environment would be filled a second time with much of the same.
    _install("--no-build-isolation", "--no-deps", "--editable", str(ROOT))
    MARK.write_text(_describe(extra), encoding="utf-8")


def _install(*arguments: str) -> None:
    """`pip install`, which compiles what it installs: each process would, where Python may keep no bytecode."""
    ended = subprocess.run(
        (sys.executable, "-m", "pip", "install", "--quiet", *arguments),
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        check=False,
    )
    if ended.returncode != 0:
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


def _is_installed(extra: str) -> bool:
    """Whether this pyproject.toml was installed with this extra; the tests' environment serves the site as well."""
    return MARK.is_file() and MARK.read_text(encoding="utf-8") in {_describe(extra), _describe("[test]")}


def _is_prepared() -> bool:
    return not _list_preparations()


def _list_preparations() -> tuple[str, ...]:
    """What preparing `storymap/static/` needs: nothing where it is up to date."""
    sys.path.insert(0, str(ROOT))
    from storymap.bundling.prepare import list_requirements

    return list_requirements(ROOT)


def _prepare() -> bool:
    """Make what is out of date without pip, which takes a while to set a build up; the tests' environment can."""
    from storymap.bundling.node import find_node

    if find_node() is None:
        return False
    return subprocess.run((sys.executable, "-m", "storymap.bundling"), cwd=ROOT, check=False).returncode == 0


def _describe(extra: str) -> str:
    return f"{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()} {extra}\n"


if __name__ == "__main__":
    main()
