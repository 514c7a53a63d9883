"""The commands: the only place that prints or exits.

`main` is what `storymap` and `python -m storymap` run. Each command is a file here, loaded when it is called, so that
`--help` answers at once.
"""

from __future__ import annotations

import sys

from storymap.cli.commands import storymap


def main() -> None:
    """Run the command line.

    Exits with 0 when all is well, 1 for problems in the project, 2 for wrong usage, 70 for a bug of ours.
    """
    try:
        storymap(prog_name="storymap")
    except Exception:
        import traceback

        traceback.print_exc()
        print(
            "\nThis is a bug in storymap, not a mistake of yours. Please report the lines above, "
            "with the story that caused it.",
            file=sys.stderr,
        )
        sys.exit(70)
