"""Push a built site to a branch: `ghp-import` makes one commit of a folder and pushes it."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

from storymap.addresses import CNAME, RUNTIME
from storymap.deploying.repository import DeployError, Target, known_to_git


def check_branch(target: Target) -> None:
    """Refuse a branch that holds anything else than a site of ours, there or here. Raises `DeployError`."""
    if target.tip and target.read(RUNTIME) is None:
        raise DeployError(
            f'the branch "{target.branch}" of {target.remote} holds something that storymap did not put there',
            "name another branch with --branch; or, to replace all that is in it, say so with --replace",
        )
    if target.is_here() and target.read_here(RUNTIME) is None:
        raise DeployError(
            f'the repository here has a branch "{target.branch}" of its own, and deploying would replace all in it',
            "name another branch with --branch; or, to replace all that is in it, say so with --replace",
        )


def keep_domain(site: dict[str, bytes], target: Target) -> str:
    """Leave the branch its CNAME file, in which GitHub Pages keeps a domain that was set there, if `site` has none.

    Returns the domain under which the site will stand, empty for none of its own.
    """
    kept = target.read(CNAME)
    if kept and CNAME not in site:
        site[CNAME] = kept
    return site.get(CNAME, b"").decode(errors="replace").strip()


def push_site(site: Path, target: Target) -> None:
    """Make the files in the folder `site` all that the branch holds, as one commit more, and push it.

    Raises `DeployError`.
    """
    from ghp_import import GhpError, ghp_import

    try:
        with contextlib.chdir(target.folder), known_to_git(target.remote, target.location):
            ghp_import(
                str(site),
                remote=target.remote,
                branch=target.branch,
                mesg=f"Deploy {target.commit}",
                push=True,
                nojekyll=True,
            )
    except GhpError as error:
        raise DeployError(f"the commit could not be made: {error.message}") from error
    except (subprocess.CalledProcessError, OSError, TypeError) as error:  # the last: how it fails to say what git said
        raise DeployError("git did not push", "what it said stands above; once that is mended, deploy again") from error
