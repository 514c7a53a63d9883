"""Push a built site to a branch: `ghp-import` makes one commit of a folder and pushes it."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

from storymap.addresses import RUNTIME
from storymap.deploying.repository import DeployError, Target


def check_branch(target: Target) -> None:
    """Refuse a branch that holds anything else than a site of ours. Raises `DeployError`."""
    if target.tip and target.read(RUNTIME) is None:
        raise DeployError(
            f'the branch "{target.branch}" of {target.remote} holds something that storymap did not put there',
            "name another branch with --branch; or, to replace all that is in it, say so with --replace",
        )


def push_site(site: Path, target: Target) -> None:
    """Make the files in the folder `site` all that the branch holds, as one commit more, and push it.

    A CNAME file, with which GitHub Pages keeps a domain of one's own, stays. Raises `DeployError`.
    """
    from ghp_import import GhpError, ghp_import

    domain = target.read("CNAME")
    try:
        with contextlib.chdir(target.folder):
            ghp_import(
                str(site),
                remote=target.remote,
                branch=target.branch,
                mesg=f"Deploy {target.commit}",
                push=True,
                nojekyll=True,
                cname=domain.decode(errors="replace").strip() if domain else None,
            )
    except GhpError as error:
        raise DeployError(f"the commit could not be made: {error.message}") from error
    except (subprocess.CalledProcessError, OSError, TypeError) as error:  # the last: how it fails to say what git said
        raise DeployError("git did not push", "what it said stands above; once that is mended, deploy again") from error
