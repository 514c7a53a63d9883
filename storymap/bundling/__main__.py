"""`python -m storymap.bundling`: bring `storymap/static/` of a checkout up to date without installing anything."""

from __future__ import annotations

import sys
from pathlib import Path

from storymap.bundling import BundlingError
from storymap.bundling.prepare import prepare_static


def main() -> None:
    """Prepare the checkout that this file lies in. Exits with 1 and a sentence where that cannot be done."""
    try:
        prepare_static(Path(__file__).resolve().parents[2], say=print)
    except BundlingError as error:
        sys.exit(f"storymap/static cannot be made: {error}.")


if __name__ == "__main__":
    main()
