"""What is wrong with a shape or the record that has it: a value, told by who knows where it is written."""

from __future__ import annotations

from msgspec import Struct


class Flaw(Struct, frozen=True):
    """What is wrong with one record of a file: a code (kebab-case), what it is, and what to do."""

    code: str
    message: str
    advice: str = ""
