"""`python -m storymap.guide`: write the reference chapters into the package, for whoever changed what they tell."""

from __future__ import annotations

from pathlib import Path

from storymap.guide.reference import write_reference

if __name__ == "__main__":
    for name, text in write_reference().items():
        Path(__file__).with_name(name).write_text(text, encoding="utf-8", newline="\n")
