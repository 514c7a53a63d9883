"""Write a name as it stands after `place:` in a story, ready to paste."""

from __future__ import annotations

import json
import re


def quote_name(text: str) -> str:
    """`text` as it stands after `place:` in a story; quoted only where YAML would take it for something else."""
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=][^\x00-\x1f]*", text) or re.fullmatch(
        r"-?[\d.]+, -?[\d.]+", text
    )
    risky = ": " in text or " #" in text or text.endswith((":", " ")) or text.casefold() in {"null", "~"}
    return text if plain and not risky else json.dumps(text, ensure_ascii=False)
