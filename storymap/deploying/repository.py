"""What git knows of a project: its repository, what is not committed, and where a branch would be pushed to."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_GITHUB = re.compile(r"(?:https://github\.com/|(?:ssh://)?git@github\.com[:/])([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


class DeployError(Exception):
    """Why a site cannot be deployed: a sentence for the author, and in `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Target:
    """A branch of a remote repository that a site is to be pushed to.

    `folder` is the top of the repository here, `commit` what is checked out in it, shortened. `address` is the remote's
    URL without a name or password in it. `pages_url` is where GitHub Pages would serve the site, empty elsewhere.
    `tip` is the commit that the branch has now, empty where the remote has no such branch.
    """

    folder: Path
    commit: str
    remote: str
    branch: str
    address: str
    pages_url: str
    tip: str

    def read(self, path: str) -> bytes | None:
        """A file of the branch as it is now; None where there is none."""
        ended = _run(self.folder, "show", f"{self.tip}:{path}") if self.tip else None
        return ended.stdout if ended and ended.returncode == 0 else None


def find_target(folder: Path, *, remote: str, branch: str) -> Target:
    """Where the site of the project in `folder` would go. Asks the remote. Raises `DeployError`."""
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
    if not address:
        known = ", ".join(_ask(folder, "remote").split())
        raise DeployError(
            f'there is no remote repository called "{remote}"',
            f"--remote takes one of: {known}"
            if known
            else f"git remote add {remote} ADDRESS, with the address that GitHub shows for the repository",
        )
    if not _ask(folder, "var", "GIT_COMMITTER_IDENT"):
        raise DeployError(
            "git does not know who commits",
            'git config --global user.name "…" and git config --global user.email "…"',
        )
    shown = hide_credentials(address)
    return Target(
        folder=Path(top),
        commit=commit,
        remote=remote,
        branch=branch,
        address=shown,
        pages_url=find_pages_url(shown),
        tip=_fetch_tip(folder, remote, branch, shown),
    )


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


def _ask(folder: Path, *arguments: str) -> str:
    """What git answers, empty where it refuses."""
    ended = _run(folder, *arguments)
    return ended.stdout.decode(errors="replace").strip() if ended.returncode == 0 else ""


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(("git", "-C", folder, *arguments), capture_output=True, check=False)


def _last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it says nothing"
