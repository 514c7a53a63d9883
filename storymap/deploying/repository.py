"""What git knows of a project: its repository, what is not committed, and where a branch would be pushed to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_GITHUB = re.compile(r"(?:https://github\.com/|(?:ssh://)?git@github\.com[:/])([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


ADDRESSED = "storymap-deploy"
"""What git calls, while a site is deployed, a remote that was named by its address."""


class DeployError(Exception):
    """Why a site cannot be deployed: a sentence for the author, and in `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Target:
    """A branch of a remote repository that a site is to be pushed to.

    `folder` is the top of the repository here, `commit` what is checked out in it, shortened. `location` is the URL of
    the remote, `address` the same without a name or password in it. `pages_url` is where GitHub Pages would serve the
    site, empty elsewhere. `tip` is the commit that the branch has now, empty where the remote has no such branch.
    """

    folder: Path
    commit: str
    remote: str
    branch: str
    location: str = field(repr=False)
    address: str
    pages_url: str
    tip: str

    def read(self, path: str) -> bytes | None:
        """A file of the branch as it is now; None where there is none."""
        return _read(self.folder, self.tip, path)

    def list_files(self) -> dict[str, str]:
        """The files of the branch as it is now: what git calls their content, by path."""
        ended = _run(self.folder, "ls-tree", "-r", "-z", self.tip) if self.tip else None
        entries = ended.stdout.decode("utf-8", "surrogateescape").split("\0") if ended else ()
        return {path: about.split()[2] for about, _, path in (entry.partition("\t") for entry in entries) if path}

    def read_here(self, path: str) -> bytes | None:
        """A file of the branch of this name in the repository here, which deploying moves; None where there is none."""
        return _read(self.folder, f"refs/heads/{self.branch}", path)

    def is_here(self) -> bool:
        """Whether the repository here has a branch of this name."""
        return bool(_ask(self.folder, "rev-parse", "--verify", "--quiet", f"refs/heads/{self.branch}"))


def split_target(to: str) -> tuple[str, str]:
    """The remote, and the branch or nothing, of `REMOTE#BRANCH`; in an address `#` can be nothing else."""
    remote, _, branch = to.partition("#")
    return remote, branch


def find_target(folder: Path, *, remote: str, branch: str) -> Target:
    """Where the site of the project in `folder` would go: a branch of `remote`, a name that git has here or an address.

    Asks the remote. Raises `DeployError`.
    """
    if shutil.which("git") is None:
        raise DeployError("git is not installed here", "install it: https://git-scm.com/downloads")
    top = _ask(folder, "rev-parse", "--show-toplevel")
    if not top:
        raise DeployError(
            f'"{folder}" is in no git repository',
            'make one: git init -b main, then git add . and git commit -m "First stories"',
        )
    commit = _ask(folder, "rev-parse", "--short", "HEAD")
    if not commit:
        raise DeployError("nothing is committed yet", 'git add . and git commit -m "First stories"')
    if _run(folder, "check-ref-format", f"refs/heads/{branch}").returncode or branch.startswith("-"):
        raise DeployError(f'"{branch}" is no name for a branch', "write one such as gh-pages")
    if branch in {_ask(folder, "symbolic-ref", "--short", "HEAD"), "main", "master"}:
        raise DeployError(
            f'"{branch}" is a branch to work on, and deploying would replace all that is in it',
            "name another one, such as gh-pages",
        )
    address = _ask(folder, "remote", "get-url", "--push", "--", remote)
    if not address and _looks_like_address(remote):
        # A path is meant from where the command was typed; git would take it from the top of the repository.
        address = str(Path(remote).resolve()) if Path(remote).exists() else remote
        remote = ADDRESSED
        _forget_addressed(Path(top))
    if not address:
        known = ", ".join(_ask(folder, "remote").split())
        raise DeployError(
            f'there is no remote repository called "{remote}"',
            f"these are there: {known}; or write the address of one"
            if known
            else f"git remote add {remote} ADDRESS, with the address that GitHub shows for the repository",
        )
    if not _ask(folder, "var", "GIT_COMMITTER_IDENT"):
        raise DeployError(
            "git does not know who commits",
            'git config --global user.name "…" and git config --global user.email "…"',
        )
    shown = hide_credentials(address)
    with known_to_git(remote, address):
        tip = _fetch_tip(folder, remote, branch, shown)
    return Target(
        folder=Path(top),
        commit=commit,
        remote=remote,
        branch=branch,
        location=address,
        address=shown,
        pages_url=find_pages_url(shown),
        tip=tip,
    )


@contextmanager
def known_to_git(remote: str, address: str) -> Iterator[None]:
    """Let git know, in this process and for as long as this lasts, a remote that was named by its address."""
    if remote != ADDRESSED:
        yield
        return
    given = {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"remote.{ADDRESSED}.url",
        "GIT_CONFIG_VALUE_0": address,
        "GIT_CONFIG_KEY_1": f"remote.{ADDRESSED}.fetch",
        "GIT_CONFIG_VALUE_1": f"+refs/heads/*:refs/remotes/{ADDRESSED}/*",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def list_uncommitted(folder: Path) -> tuple[str, ...]:
    """Files of the project in `folder` that differ from what is committed, or are new, as git names them."""
    listed = _run(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", ".")
    return tuple(entry[3:] for entry in listed.stdout.decode(errors="replace").split("\0") if entry)


def hide_credentials(address: str) -> str:
    """`address` without the name and password that an https address may carry."""
    parts = urlsplit(address) if "://" in address else None
    if parts is None or parts.scheme not in {"http", "https"} or "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def find_pages_url(address: str) -> str:
    """Where GitHub Pages serves the repository at `address`; empty for a repository elsewhere."""
    found = _GITHUB.fullmatch(address)
    if not found:
        return ""
    owner, name = found[1].lower(), found[2]
    home = f"{owner}.github.io"
    return f"https://{home}" if name.lower() == home else f"https://{home}/{name}"


def _fetch_tip(folder: Path, remote: str, branch: str, shown: str) -> str:
    """The commit that `branch` has in the remote, fetched; empty where there is no such branch."""
    asked = _run(folder, "ls-remote", "--heads", remote, f"refs/heads/{branch}")
    if asked.returncode:
        raise DeployError(f'"{shown}" does not answer: {_last_line(asked.stderr)}', "check the address and your rights")
    if not asked.stdout:
        return ""
    tracked = f"refs/remotes/{remote}/{branch}"
    fetched = _run(folder, "fetch", "--quiet", remote, f"+refs/heads/{branch}:{tracked}")
    if fetched.returncode:
        raise DeployError(f'"{branch}" cannot be fetched from "{shown}": {_last_line(fetched.stderr)}')
    return _ask(folder, "rev-parse", tracked)


def _looks_like_address(remote: str) -> bool:
    """Whether `remote` is an address or a path, and not one of the names that git has for remotes."""
    return not remote.startswith("-") and ("/" in remote or ":" in remote or remote in {".", ".."})


def _forget_addressed(folder: Path) -> None:
    """Forget what an earlier deployment fetched from another address."""
    for ref in _ask(folder, "for-each-ref", "--format=%(refname)", f"refs/remotes/{ADDRESSED}").split():
        _run(folder, "update-ref", "-d", ref)


def _read(folder: Path, commit: str, path: str) -> bytes | None:
    ended = _run(folder, "show", f"{commit}:{path}") if commit else None
    return ended.stdout if ended and ended.returncode == 0 else None


def _ask(folder: Path, *arguments: str) -> str:
    """What git answers, empty where it refuses."""
    ended = _run(folder, *arguments)
    return ended.stdout.decode(errors="replace").strip() if ended.returncode == 0 else ""


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(("git", "-C", folder, *arguments), capture_output=True, check=False)


def _last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it says nothing"
