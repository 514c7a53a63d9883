"""Write a text into YAML so that every reader takes it for the same text."""

from __future__ import annotations

import json
import unicodedata


def quote_yaml(text: str) -> str:
    """`text` as a double-quoted YAML scalar on one line, which means the same to every reader of YAML."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        character if unicodedata.category(character) not in {"Cc", "Cf", "Cn", "Co"} else _escape(character)
        for character in quoted
    )


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
