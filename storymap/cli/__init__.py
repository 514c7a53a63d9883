"""The commands: the only place that prints or exits.

`main` is what `storymap` and `python -m storymap` run. Each command is a file here, loaded when it is called, so that
`--help` answers at once.
"""

from __future__ import annotations

import errno
import io
import os
import sys

from storymap.cli.commands import storymap

_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def main() -> None:
    """Run the command line.

    Exits with 0 when all is well, 1 for problems in the project, 2 for wrong usage, 70 for a bug of ours.
    """
    _choose_encoding()
    try:
        storymap(prog_name="storymap")
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _DISK_ERRORS:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or what is left would be tried again
            print(f"The output cannot be written: {error.strerror}", file=sys.stderr)
            sys.exit(1)
        import traceback

        traceback.print_exc()
        print(
            "\nThis is a bug in storymap, not a mistake of yours. Please report the lines above, "
            "with the story that caused it.",
            file=sys.stderr,
        )
        sys.exit(70)


def _choose_encoding() -> None:
    """Write UTF-8 to files and to other programs, as JSON must be; escape what a terminal has no letters for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None where there is no such stream
            chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")
