"""The commands: the only place that prints or exits.

`main` is what `storymap` and `python -m storymap` run. Each command is a file here, loaded when it is called, so that
`--help` answers at once.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys

from storymap.cli.commands import storymap

_NEW_OBJECTS = 150_000
"""New objects after which Python looks for those that only hold one another: a build makes many that stay, and hardly
any such, and to look as often as Python does by itself takes a twentieth of its time. A small build ends before."""

_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def main() -> None:
    """Run the command line.

    Exits with 0 when all is well, 1 for problems in the project, 2 for wrong usage, 70 for a bug of ours.
    """
    gc.set_threshold(_NEW_OBJECTS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would have no work, and hinder copies of this
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # every package would be searched for them
    _choose_encoding()
    if not _is_somewhere():
        print("The folder that you are in is gone: go to another one with cd.", file=sys.stderr)
        sys.exit(1)
    try:
        storymap(prog_name="storymap")
    except Exception as error:
        if _was_interrupted(error):
            print("Aborted!", file=sys.stderr)
            sys.exit(1)
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
    finally:
        gc.freeze()  # what is left goes with the process: Python would look through all of it once more


def _is_somewhere() -> bool:
    """Whether the working folder is still there."""
    try:
        os.getcwd()  # noqa: PTH109 - nothing is made of it
    except OSError:
        return False
    return True


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl+C is behind an error: a library that is being loaded makes a failure to load of it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _choose_encoding() -> None:
    """Write UTF-8 to files and to other programs, as JSON must be; escape what a terminal has no letters for."""
    sys.stdout, sys.stderr = (
        open(os.devnull, "w", encoding="utf-8") if stream is None else stream  # noqa: PTH123, SIM115 - for good
        for stream in (sys.stdout, sys.stderr)
    )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")
