"""`storymap serve`: build the site into memory, show it in a browser, and follow every save."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from storymap.cli.opening import open_in_browser
from storymap.cli.telling import fail, tell_problems
from storymap.errors import Problem, Severity, StorymapError

if TYPE_CHECKING:
    import socket

    from storymap.serving.preview import Mistakes, Rebuild


@click.command(short_help="Preview the site while you write.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--open", "open_site", is_flag=True, help="Show the site in a browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or number of this machine to serve under.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show stories that are marked as drafts.")
@click.pass_context
def serve(context: click.Context, folder: Path, open_site: bool, host: str, port: int, drafts: bool) -> None:
    """Preview the site of the project in FOLDER while you write; a save shows at once. Ctrl+C ends it."""
    from storymap.project import find_root

    try:
        root = find_root(folder)
    except StorymapError as error:
        fail(error.problems)
    chosen = context.get_parameter_source("port") is not ParameterSource.DEFAULT
    with _bind(host, port, chosen=chosen) as bound:
        _serve(root, bound, host=host, drafts=drafts, open_site=open_site)


def _serve(root: Path, bound: socket.socket, *, host: str, drafts: bool, open_site: bool) -> None:
    from storymap.building.rebuilding import Rebuilder
    from storymap.serving.guard import is_loopback
    from storymap.serving.server import serve_preview

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound.getsockname()[1]}/"
    if not is_loopback(host):
        click.echo("Everyone in your network can see this preview.", err=True)
    telling = _Terminal(root, address, open_site=open_site)
    rebuilder = Rebuilder(root, drafts=drafts, url=address.removesuffix("/"))
    serve_preview(rebuilder, root, bound, host=host, telling=telling)


def _bind(host: str, port: int, *, chosen: bool) -> socket.socket:
    """A socket to serve on: where the author did not choose the port, the next free one is taken."""
    from storymap.serving.ports import PortTakenError, open_port

    try:
        try:
            return open_port(host, port)
        except PortTakenError as error:
            if not error.free:
                raise click.UsageError(
                    f"port {port} is taken, and so are those after it; name another with --port"
                ) from error
            if chosen:
                raise click.UsageError(
                    f"port {port} is taken; this one is free: storymap serve --port {error.free}"
                ) from error
            click.echo(f"Port {port} is taken; serving on {error.free} instead.", err=True)
            return open_port(host, error.free)
    except OSError as error:
        raise click.BadParameter(f'"{host}" is not this machine: {error.strerror}', param_hint="--host") from error


class _Terminal:
    """Tells the author what happens, a line for each build and every problem when it is new."""

    def __init__(self, root: Path, address: str, *, open_site: bool) -> None:
        self._root = root
        self._address = address
        self._open_site = open_site
        self._told: frozenset[Problem] = frozenset()

    def ready(self, rebuild: Rebuild) -> None:
        """Say where the site is, and what is watched."""
        self._tell(rebuild.mistakes)
        watched = [
            name for name in ("stories/", "geo/", "storymap.toml", "pyproject.toml") if (self._root / name).exists()
        ]
        click.echo(f"Serving at {self._address} – press Ctrl+C to stop.")
        click.echo(f"Watching {_join(watched) or self._root.name}: a save shows in the browser at once.")
        if self._open_site:
            threading.Thread(target=open_in_browser, args=(self._address,), daemon=True).start()

    def rebuilt(self, changed: Sequence[str], rebuild: Rebuild) -> None:
        """Say what was saved and how long the build took."""
        names = _join([*changed[:3], *([f"{len(changed) - 3} more"] if len(changed) > 3 else [])])
        outcome = "not built" if rebuild.mistakes.failed else "built"
        click.echo(f"{time.strftime('%H:%M:%S')}  {names}: {outcome} in {rebuild.seconds * 1000:.0f} ms")
        self._tell(rebuild.mistakes)

    def page_failed(self, mistakes: Mistakes) -> None:
        """Tell why one page could not be made."""
        self._print(mistakes.problems, mistakes.bug)

    def _tell(self, mistakes: Mistakes) -> None:
        """Tell all problems where there is an error, otherwise those that were not there before."""
        problems = mistakes.problems
        if not any(problem.severity is Severity.ERROR for problem in problems):
            problems = tuple(problem for problem in problems if problem not in self._told)
        self._told = frozenset(mistakes.problems)
        self._print(problems, mistakes.bug)

    def _print(self, problems: Sequence[Problem], bug: str) -> None:
        tell_problems(problems)
        if bug:
            click.echo(f"{bug}\nThis is a bug in storymap, not a mistake of yours.", err=True)


def _join(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
