"""Put sentences side by side, as a language ends them."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.language.words import interface_words


def join_sentences(parts: Iterable[str], lang: str) -> str:
    """Those of `parts` that are not empty, with what parts them; one that ends with a full stop needs no other."""
    joint, told = interface_words(lang).page["map_joint"], ""
    for part in filter(None, parts):
        between = joint[1:] if told.endswith(joint[0]) else joint
        told += between + part if told else part
    return told
