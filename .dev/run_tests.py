"""Run every check and every test of the project, pytest last. Arguments go to pytest. Run by .dev/test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storymap.bundling.browser import install_packages
from storymap.bundling.node import Node, environment_for, find_node
from storymap.bundling.requirements import NODE_REQUIREMENT

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
    chromium = find_chromium() or install_chromium()
    node = find_node() or install_node()
    install_packages(BROWSER, node=node)
    scripts = Path(sys.executable).parent
    with_node = environment_for(node)
    workers = min(os.cpu_count() or 1, 4)
    checks: tuple[tuple[str, Sequence[str | Path], Path, Mapping[str, str]], ...] = (
        ("mypy", (scripts / "mypy",), ROOT, os.environ),
        ("TypeScript", (*node.npm, "run", "--silent", "typecheck"), BROWSER, with_node),
        ("browser runtime tests", (*node.npm, "run", "--silent", "test"), BROWSER, with_node),
        ("import contracts", (scripts / "lint-imports", "--no-cache", "--no-logo"), ROOT, os.environ),
        ("ruff check", (scripts / "ruff", "check", "."), ROOT, os.environ),
        ("ruff format", (scripts / "ruff", "format", "--check", "."), ROOT, os.environ),
    )
    failed = []
    with ThreadPoolExecutor(workers) as pool:  # side by side; what each says is printed in this order
        for (name, *_), ended in zip(checks, pool.map(lambda check: run_quietly(*check[1:]), checks), strict=True):
            print(f"\n── {name}\n{ended.stdout}", end="", flush=True)
            if ended.returncode != 0:
                failed.append(name)
    if failed:
        print(f"\nstorymap: failed before pytest: {', '.join(failed)}", flush=True)
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
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
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
    print("storymap: no Node.js here, so installing the one that PyPI carries into .venv", flush=True)
    subprocess.run((sys.executable, "-m", "pip", "install", "--quiet", NODE_REQUIREMENT), check=False)
    node = find_node()
    if node is None:
        sys.exit("storymap: Node.js could not be installed; install Node.js 20 or newer with npm.")
    return node


if __name__ == "__main__":
    main()
