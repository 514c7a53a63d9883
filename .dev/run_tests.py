"""Run every check and every test of the project, pytest last. Arguments go to pytest. Run by .dev/test."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storymap.bundling.node import Node

ROOT = Path(__file__).resolve().parents[1]
BROWSER = ROOT / "storymap" / "browser"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CHROMIUM_PACKAGES = ("chromium", "fonts-liberation")  # without a font a headless browser draws no text


def main() -> None:
    """Exit with 1 if anything failed; which is told before pytest starts, so that pytest has the last word."""
    sys.path.insert(0, str(ROOT))  # the project itself may not be installed yet
    from storymap.bundling import BundlingError
    from storymap.bundling.browser import install_packages
    from storymap.bundling.node import environment_for, find_node

    chromium = find_chromium() or install_chromium()
    node = find_node() or install_node()
    scripts = Path(sys.executable).parent
    processors = os.cpu_count() or 1
    # Side by side, the longest first; printed in this order.
    with ThreadPoolExecutor(min(max(processors, 2), 4)) as pool:
        checks = {
            "mypy": pool.submit(run_quietly, (scripts / "mypy",)),
            "import contracts": pool.submit(run_quietly, (scripts / "lint-imports", "--no-cache", "--no-logo")),
            "ruff check": pool.submit(run_quietly, (scripts / "ruff", "check", ".")),
            "ruff format": pool.submit(run_quietly, (scripts / "ruff", "format", "--check", ".")),
        }
        try:
            install_packages(BROWSER, node=node)
        except BundlingError as error:
            sys.exit(f"storymap: {error}.")
        with_node = functools.partial(run_quietly, folder=BROWSER, environment=environment_for(node))
        checks |= {
            "package": pool.submit(run_quietly, (sys.executable, ROOT / ".dev" / "set_up.py", "--test")),
            "TypeScript": pool.submit(with_node, (*node.npm, "run", "--silent", "typecheck")),
            "browser runtime tests": pool.submit(with_node, (*node.npm, "run", "--silent", "test")),
        }
        for name, ended in checks.items():
            print(f"\n── {name}\n{ended.result().stdout}", end="", flush=True)
    failed = [name for name, ended in checks.items() if ended.result().returncode != 0]
    if failed:
        print(f"\nstorymap: failed before pytest: {', '.join(failed)}", flush=True)
    if "package" in failed:
        sys.exit(1)  # without which no test says anything
    # One more than there are processors: a test that waits for a browser leaves one free.
    workers = min(processors + 1, 4)
    passed = run(
        "pytest",
        (sys.executable, "-m", "pytest", "-n", str(workers), "--dist", "loadgroup", *sys.argv[1:]),
        folder=ROOT,
        environment=os.environ | {"STORYMAP_CHROMIUM": chromium},
    )
    sys.exit(0 if passed and not failed else 1)


def run(name: str, command: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str]) -> bool:
    """Whether the command succeeded; what it says goes straight to the terminal."""
    print(f"\n── {name}", flush=True)
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0


def run_quietly(
    command: Sequence[str | Path], *, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command when it has ended, with all that it said."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def find_chromium() -> str | None:
    """The browser that STORYMAP_CHROMIUM names, or one that this machine has."""
    named = os.environ.get("STORYMAP_CHROMIUM")
    if named:
        if shutil.which(named) is None:
            sys.exit(f'storymap: STORYMAP_CHROMIUM names "{named}", and there is no such program.')
        return named
    found = (shutil.which(name) for name in (*CHROMIUM_NAMES, *CHROMIUM_PLACES))
    return next((path for path in found if path), None)


def install_chromium() -> str:
    """Install Debian's Chromium where that may be done without a password; else say what to do, and stop."""
    if shutil.which("apt-get") is None:
        sys.exit(
            "storymap: the browser tests need Chromium or Chrome, and there is none: install it, "
            "or name one in STORYMAP_CHROMIUM."
        )
    if os.getuid() == 0:
        as_root: tuple[str, ...] = ()
    elif (
        shutil.which("sudo")
        and subprocess.run(("sudo", "-n", "true"), capture_output=True, check=False).returncode == 0
    ):
        as_root = ("sudo", "-n")
    else:
        sys.exit(
            "storymap: the browser tests need Chromium, and there is none: run "
            f'"sudo apt-get install {" ".join(CHROMIUM_PACKAGES)}", or name one in STORYMAP_CHROMIUM.'
        )
    print(f"storymap: installing {' and '.join(CHROMIUM_PACKAGES)} with apt-get, for the browser tests", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run((*as_root, "apt-get", "update", "-qq"), env=quiet, stdout=subprocess.DEVNULL, check=False)
    ended = subprocess.run(
        (*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *CHROMIUM_PACKAGES),
        env=quiet,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    chromium = find_chromium()
    if ended.returncode != 0 or chromium is None:
        sys.exit("storymap: apt-get could not install Chromium; install one, or name it in STORYMAP_CHROMIUM.")
    print(f"storymap: installed {chromium}", flush=True)
    return chromium


def install_node() -> Node:
    """Put the Node.js that comes as a wheel into .venv: the one that the package build uses where there is no other."""
    from storymap.bundling.node import find_node
    from storymap.bundling.requirements import NODE_REQUIREMENT

    print("storymap: no Node.js here, so installing the one that PyPI carries into .venv", flush=True)
    subprocess.run((sys.executable, "-m", "pip", "install", "--quiet", NODE_REQUIREMENT), check=False)
    node = find_node()
    if node is None:
        sys.exit("storymap: Node.js could not be installed; install Node.js 20 or newer with npm.")
    return node


if __name__ == "__main__":
    main()
