"""Open a page in the author's browser, for `build --open` and `serve --open`."""

from __future__ import annotations

import click


def open_in_browser(address: str) -> None:
    """Open `address`; where no browser can be started, say so."""
    import webbrowser

    try:
        opened = webbrowser.open(address)
    except webbrowser.Error:
        opened = False
    if not opened:
        click.echo("No browser could be started here.", err=True)
