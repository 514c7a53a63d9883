"""Make the browser bundle: npm installs what the lock file names, esbuild turns `storymap/browser/` into few files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from storymap.bundling import BundlingError
from storymap.bundling.node import Node, run_node

_INSTALLED_MARK = ".storymap-installed"
# Said outright, because a person's own npm settings may leave these out: esbuild's program is an optional package.
_NPM_OPTIONS = (
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--loglevel=error",
    # Three tries within half a minute; left alone, npm lets a person without a network wait for more than one.
    "--fetch-retries=3",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=10000",
)


def install_packages(browser: Path, *, node: Node) -> Path:
    """Install what `browser/package-lock.json` names and return `browser/node_modules`.

    Does nothing where they stand already. No package's own script runs: esbuild and TypeScript bring their programs as
    packages for the platform. Raises `BundlingError` where npm fails.
    """
    modules = browser / "node_modules"
    mark = modules / _INSTALLED_MARK
    wanted = hashlib.sha256((browser / "package-lock.json").read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return modules
    ended = run_node((*node.npm, "ci", *_NPM_OPTIONS), node=node, folder=browser)
    if ended.returncode != 0:
        raise BundlingError(
            f"npm could not install the browser packages ({_summarize_npm(ended.stderr or ended.stdout)}): they are "
            "needed once, from the npm registry; a wheel or sdist of folium-storymap carries what is made of them"
        )
    mark.write_text(wanted, encoding="utf-8")
    return modules


def bundle_browser(browser: Path, *, node: Node, out: Path) -> tuple[str, ...]:
    """Write `storymap.js`, `preview.js` and the stylesheets to `out`; return the npm packages whose code is in them.

    Raises `BundlingError`, with what esbuild says, where the sources do not compile.
    """
    ended = run_node((*node.node, "build.mjs", "bundle", "--outdir", str(out)), node=node, folder=browser)
    if ended.returncode != 0:
        raise BundlingError(f"esbuild could not bundle storymap/browser:\n{ended.stderr.strip()}")
    return tuple(json.loads(ended.stdout)["packages"])


def _summarize_npm(said: str) -> str:
    """The line that tells the cause, out of the dozen that npm prints."""
    lines = [re.sub(r"^npm (?:error|ERR!) ?", "", line).strip() for line in said.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("npm warn", "A complete log", "at "))]
    causes = [
        line for line in lines if "reason:" in line or line.startswith(("network request", "Invalid", "`npm ci`"))
    ]
    return (causes or lines[:2] or ["it said nothing"])[0]
