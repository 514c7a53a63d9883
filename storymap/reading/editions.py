"""An edition of a story in another language takes from its original every field that it does not write itself.

A translator writes the texts: the title, the headings, the prose. Where, when and how stand in the original, and what
changes there changes in all editions. What an edition does write stands, so that it may say a thing otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from storymap.errors import Report
from storymap.reading.headings import locate_heading
from storymap.reading.layout import Layout, lay_out
from storymap.reading.lines import Lines
from storymap.reading.pairing import pair_steps
from storymap.reading.source import StorySource
from storymap.reading.text import TextSource
from storymap.reading.yaml_mapping import Path, Scalar, YamlMapping, parse_yaml
from storymap.text.shortening import shorten

_OF_EACH = frozenset({"title", "summary", "lang", "aliases", "updated", "translates"})
"""Keys of front matter that are of one text alone."""

_OF_EACH_STEP = frozenset({"id"})

_INSTEAD = {
    "author": ("authors",),
    "authors": ("author",),
    "bounds": ("center", "zoom", "overview"),
    "center": ("bounds", "overview"),
    "zoom": ("bounds", "overview"),
    "overview": ("bounds", "center", "zoom"),
}
"""What a key says instead of others, which an edition that writes it does not take."""

_MERGED = frozenset({"layers", "image", "track", "map", "ground", "cover", "credits", "extra"})
"""Keys whose value has keys of its own, of which an edition may write some: the title of a layer."""

_ALONE = {"image": "file", "track": "file", "cover": "file"}
"""What a value that is no mapping says of these."""


class Blocks(Struct, frozen=True):
    """The fields of a story as YAML: those of the front matter, and of each step."""

    front: YamlMapping
    steps: tuple[YamlMapping, ...]


def read_blocks(source: TextSource, layout: Layout, most: int, report: Report) -> Blocks:
    """The fields in the text of a story, of `most` steps."""

    def read(lines: Lines) -> YamlMapping:
        if lines.empty:
            return YamlMapping({}, {}, {})
        return parse_yaml(source, report, first=lines.first, last=lines.last)

    return Blocks(read(layout.front), tuple(read(step.fields) for step in layout.steps[:most]))


def inherit(
    own: Blocks, source: TextSource, layout: Layout, original: StorySource, language: str, report: Report
) -> Blocks:
    """The fields `own` of an edition in `language`, with those that it takes from its `original`.

    A step takes them, and its id, from the step of the original that it is. Where nobody can say which that is, it is
    told.
    """
    whole = lay_out(original.text, Report())
    theirs = read_blocks(original.text, whole, len(original.steps), Report())
    names = [step.id for step in original.steps]
    said = [_find_id(block, layout, number) for number, block in enumerate(own.steps)]
    pairing = pair_steps(said, names)
    for stretch in pairing.uneven:
        count, meant = len(stretch.own), [names[number] for number in stretch.original]
        report.error(
            "unpaired-steps",
            f"from here on this edition has {count} step{'s' * (count != 1)} and its original {len(meant)}, "
            "so it is not known which is which",
            locate_heading(source, layout.steps[stretch.own[0]].heading),
            f"give {'each' if count > 1 else 'it'} the id: of its step there: {shorten(', '.join(meant), 300)}",
        )
    steps = []
    for number, block in enumerate(own.steps):
        pair = pairing.pairs[number]
        if pair is None:
            steps.append(block)
            continue
        merged = _merge(block, theirs.steps[pair], _OF_EACH_STEP, is_front=False)
        at = original.steps[pair].at
        steps.append(merged if said[number] else _put(merged, "id", names[pair], at))
    front = _merge(own.front, theirs.front, _OF_EACH, is_front=True)
    if "lang" not in front.values:
        front = _put(front, "lang", language, source.at(1))
    return Blocks(front, tuple(steps))


def _find_id(block: YamlMapping, layout: Layout, number: int) -> str:
    """The id that a step says, in a field or in its heading."""
    written = block.values.get("id")
    heading = layout.steps[number].heading
    return written.text.strip() if isinstance(written, Scalar) else heading.id if heading else ""


def _put(block: YamlMapping, key: str, text: str, at: Any) -> YamlMapping:
    """`block` with one more value."""
    return YamlMapping({**block.values, key: Scalar(text, text)}, block.keys_at, {**block.values_at, (key,): at})


def _merge(own: YamlMapping, other: YamlMapping, left_out: frozenset[str], *, is_front: bool) -> YamlMapping:
    """The fields of `own`, and those of `other` that it leaves out, each with where it stands."""
    gone = {*left_out, *(rival for key in own.values for rival in _INSTEAD.get(key, ()))}
    keys_at, values_at = dict(own.keys_at), dict(own.values_at)
    values: dict[str, Any] = {}
    for key, value in other.values.items():
        if key in gone:
            continue
        if key not in own.values:
            values[key] = value
            _copy_places(other, (key,), keys_at, values_at)
        elif key in _MERGED:
            mine = own.values[key]
            theirs = _spell_out(key, value, is_front=is_front) if isinstance(mine, Mapping) else value
            values[key] = _join((key,), mine, theirs, other, keys_at, values_at)
    for key, value in own.values.items():
        values.setdefault(key, value)
    return YamlMapping(values, keys_at, values_at)


def _join(
    path: Path, mine: Any, theirs: Any, other: YamlMapping, keys_at: dict[Path, Any], values_at: dict[Path, Any]
) -> Any:
    """Two values of the same key: those of two mappings key by key, in the order of the original; else one's own."""
    if not (isinstance(mine, Mapping) and isinstance(theirs, Mapping)):
        return mine
    joined: dict[str, Any] = {}
    for key, value in theirs.items():
        below = (*path, key)
        if key in mine:
            joined[key] = _join(below, mine[key], value, other, keys_at, values_at)
        else:
            joined[key] = value
            _copy_places(other, below, keys_at, values_at)
    return joined | {key: value for key, value in mine.items() if key not in joined}


def _spell_out(key: str, value: Any, *, is_front: bool) -> Any:
    """A value that is written shortly, as the mapping that it stands for: the file of a layer, names of layers."""
    if key == "layers" and is_front and isinstance(value, Mapping):
        return {name: {"from": one} if isinstance(one, Scalar) else one for name, one in value.items()}
    if key == "layers" and not is_front and not isinstance(value, Mapping):
        return {one.text.strip(): Scalar("", None) for one in _list_scalars(value)}
    if key in _ALONE and isinstance(value, Scalar):
        return {_ALONE[key]: value}
    return value


def _list_scalars(value: Any) -> Iterator[Scalar]:
    found: Sequence[Any] = value if isinstance(value, list) else [value]
    yield from (one for one in found if isinstance(one, Scalar))


def _copy_places(other: YamlMapping, path: Path, keys_at: dict[Path, Any], values_at: dict[Path, Any]) -> None:
    """Take over where the value at `path`, and what it holds, stands."""
    for source, target in ((other.keys_at, keys_at), (other.values_at, values_at)):
        target.update({one: at for one, at in source.items() if one[: len(path)] == path})
