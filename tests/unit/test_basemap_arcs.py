"""Arcs as text, both ways."""

import html
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from storymap.basemap.arcs import (
    ALPHABET,
    BASE,
    pack_arcs,
    pack_lines,
    pack_rings,
    unpack_arcs,
    unpack_lines,
    unpack_rings,
)

CASES = json.loads(Path(__file__).parent.with_name("cases").joinpath("arcs.json").read_text())
"""`browser/test/arcs.test.ts` reads the same."""

COORDINATE = st.integers(-(2**19), 2**20)
ARCS = st.lists(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=8), max_size=8)


@given(ARCS)
def test_what_is_unpacked_is_what_was_packed(arcs):
    unpacked = unpack_arcs(pack_arcs(arcs))
    assert [[tuple(point) for point in arc.tolist()] for arc in unpacked] == arcs


@pytest.mark.parametrize("case", CASES["arcs"])
def test_arcs_are_written_as_the_browser_reads_them(case):
    assert pack_arcs(case["arcs"]) == case["text"]
    assert [arc.tolist() for arc in unpack_arcs(case["text"])] == case["arcs"]


@pytest.mark.parametrize("case", CASES["rings"])
def test_rings_are_written_as_the_browser_reads_them(case):
    assert pack_rings(case["rings"]) == case["text"]
    assert unpack_rings(case["text"]) == case["rings"]


def test_small_steps_take_one_letter_each():
    assert pack_arcs([[(0, 0), (1, -1), (1, 21)]]) == "".join(ALPHABET[digit] for digit in (0, 0, 2, 1, 0, 44))


def test_an_arc_starts_from_the_end_of_the_one_before():
    assert pack_arcs([[(900, 900)], [(900, 900)]]).endswith(f" {ALPHABET[0]}{ALPHABET[0]}")


def test_the_text_needs_no_escape_in_json_or_html():
    assert len(set(ALPHABET)) == 2 * BASE
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'
    assert html.escape(ALPHABET, quote=False).replace("&gt;", ">") == ALPHABET


REFERENCES = st.lists(st.integers(-500, 500), min_size=1, max_size=8)


@given(st.lists(REFERENCES, max_size=6))
def test_rings_come_back_as_they_were_packed(rings):
    assert unpack_rings(pack_rings(rings)) == rings


@given(st.lists(st.integers(-500, 500), max_size=8))
def test_lines_come_back_as_they_were_packed(lines):
    assert unpack_lines(pack_lines(lines)) == lines


def test_arcs_that_follow_one_another_take_one_letter_each():
    assert pack_rings([[0, 1, 2], [3]]) == "!!! !"
    assert pack_rings([[0, ~1]]) == "!" + ALPHABET[1]
