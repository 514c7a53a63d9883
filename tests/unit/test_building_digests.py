"""Digests of values: equal for equal values in every process, and other ones for all that can show in a page."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from enum import Enum

import pytest
import shapely
from msgspec import Struct

from storymap.building.digests import Digester
from storymap.model.place import LonLat


@dataclass(frozen=True, slots=True)
class Spot:
    name: str
    at: float
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    at: float


class Village(Struct, frozen=True):
    name: str
    at: float


class Colour(Enum):
    RED = 1
    BLUE = 2


DIFFERENT: tuple[object, ...] = (
    Village("a", 1.0), Village("a", 2.0), Village("b", 1.0),
    None, True, False, 0, 1, 0.0, 1.0, -0.0, 1e-300, "", "1", "None", b"", b"1", (), [[]], [()], ("a", "b"), ("ab",),
    (("a",), "b"), ("a", ("b",)), {}, {"a": 1}, {"b": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, frozenset(), {1}, {1, 2},
    Spot("a", 1.0), Spot("b", 1.0), Town("a", 1.0), Colour.RED, Colour.BLUE, LonLat(1, 2), LonLat(2, 1), (1, 2),
    (LonLat(1, 2), LonLat(3, 4)), (LonLat(1, 2), LonLat(3, 5)), ((1, 2), (3, 4)), shapely.Point(1, 2),
    shapely.Point(2, 1), shapely.LineString([(1, 2), (3, 4)]), "\udcff", "é", "e\u0301",
)  # fmt: skip
SCRIPT = """
from storymap.building.digests import Digester
print(Digester("v").digest({"a", "b", "c", "d"}, frozenset({("x", 1), ("y", 2)}), {"k": {3, 1, 2}}, "text", 1.5))
"""


def test_values_that_differ_have_different_digests() -> None:
    assert len({Digester().digest(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_equal_values_have_the_same_digest_whatever_does_not_count_in_comparing_them() -> None:
    digester = Digester()
    assert digester.digest(Spot("a", 1.0, line=3)) == digester.digest(Spot("a", 1.0, line=4))
    assert digester.digest({1, 2, 3}) == digester.digest({3, 2, 1})


def test_another_state_of_the_code_is_another_digest() -> None:
    assert Digester("1").digest("a") != Digester("2").digest("a")


def test_every_process_gives_the_same_under_any_hash_seed() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(found) == 1


@pytest.mark.parametrize("value", [object(), lambda: 0, iter(()), Digester()])
def test_what_is_no_plain_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        Digester().digest(value)
