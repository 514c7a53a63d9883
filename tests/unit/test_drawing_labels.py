"""Names keep clear of each other and of what is taken."""

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from storymap.basemap.basemap import Label, Settlement
from storymap.drawing.boxes import Box, box_around
from storymap.drawing.labels import AIR, BESIDE, CENTRED, LabelWish, arrange_labels, measure_text
from storymap.drawing.lettering import wish_names
from storymap.drawing.occupied import Occupied
from storymap.figures import FIGURES

CASES = Path(__file__).parent.with_name("cases")
"""What the browser is held to as well: `browser/test/labels.test.ts` and `wishes.test.ts`."""

ARRANGED = json.loads((CASES / "labels.json").read_text(encoding="utf-8"))
NAMED = json.loads((CASES / "names.json").read_text(encoding="utf-8"))

AREA = Box(0, 0, 300, 200)
NUMBER = st.floats(-20, 320)
WISHES = st.lists(
    st.builds(
        LabelWish,
        x=NUMBER,
        y=NUMBER,
        text=st.just("name"),
        style=st.just("t0"),
        size=st.just(12.0),
        spacing=st.just(0.0),
        width=st.floats(5, 120),
        height=st.floats(8, 20),
        reach=st.sampled_from([0.0, 3.0, 6.0]),
        sides=st.sampled_from([BESIDE, CENTRED]),
        settled=st.just(False),
        air=st.sampled_from([AIR, FIGURES.labels.air_of_towns]),
        once=st.just(""),
    ),
    max_size=40,
)
MARKERS = st.lists(st.builds(box_around, NUMBER, NUMBER, st.sampled_from([6.0, 14.0])), max_size=6)


def wish(x, y, *, width=40.0, reach=3.0, settled=False):
    return LabelWish(x, y, "name", "t0", 12.0, 0.0, width, 14.0, reach, BESIDE, settled)


@given(WISHES, MARKERS)
def test_names_never_meet_each_other_nor_a_marker_nor_the_edge(wishes, markers):
    placed = arrange_labels(wishes, occupied=Occupied(markers), area=AREA, most=30)
    boxes = [each.box for each in placed]
    assert len(placed) <= 30
    for number, box in enumerate(boxes):
        assert AREA.holds(box)
        assert not any(box.meets(other) for other in boxes[number + 1 :])
        assert not any(box.meets(marker) for marker in markers)


@given(WISHES)
def test_names_never_cover_the_dot_of_another_settlement(wishes):
    placed = arrange_labels(wishes, occupied=Occupied(()), area=AREA, most=40)
    for each in placed:
        for other in placed:
            if other.wish.reach and other is not each:
                assert not each.box.meets(box_around(other.wish.x, other.wish.y, other.wish.reach))


def test_the_first_of_two_that_want_the_same_room_gets_it():
    first, second = wish(100, 100), wish(101, 100)
    assert [each.wish for each in arrange_labels([first, second], occupied=Occupied(()), area=AREA, most=9)] == [first]


def test_a_name_moves_to_the_other_side_where_the_right_one_is_taken():
    (placed,) = arrange_labels([wish(100, 100)], occupied=Occupied([Box(110, 90, 140, 110)]), area=AREA, most=9)
    assert placed.side == "left"


def test_a_marker_that_stands_in_any_case_is_named_among_what_is_taken():
    marker = box_around(100, 100, 14)
    (placed,) = arrange_labels([wish(100, 100, reach=14, settled=True)], occupied=Occupied([marker]), area=AREA, most=9)
    assert not placed.box.meets(marker)


def test_wide_letters_and_ideographs_are_measured_as_wide_and_accents_as_nothing():
    assert measure_text("WWW", size=10) > 2 * measure_text("iii", size=10)
    assert measure_text("北京", size=10) >= 20
    assert measure_text("e\u0301", size=10) == measure_text("e", size=10)
    assert measure_text("ab", size=10, spacing=2) == measure_text("ab", size=10) + 4


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in ARRANGED])
def test_labels_stand_where_the_browser_puts_them(case):
    wishes = [
        LabelWish(
            text=str(number), style="t0", size=12.0, spacing=0.0, settled=not wish.pop("claims"),
            sides=tuple(wish.pop("sides")), **wish,
        )
        for number, wish in enumerate(dict(wish) for wish in case["wishes"])
    ]  # fmt: skip
    taken = [Box(*box) for box in case["taken"]]
    avoided = Occupied([Box(*box) for box in case.get("avoided", ())])
    placed = arrange_labels(
        wishes, occupied=Occupied(taken), area=Box(*case["area"]), most=case["most"], avoided=avoided
    )
    assert [int(label.wish.text) for label in placed] == [label["wish"] for label in case["placed"]]
    for label, wanted in zip(placed, case["placed"], strict=True):
        assert label.side == wanted["side"]
        assert label.box == pytest.approx(tuple(wanted["box"]))


@pytest.mark.parametrize("case", [pytest.param(case, id=str(case["zoom"])) for case in NAMED["zooms"]])
def test_names_are_wished_for_as_in_the_browser(case):
    labels = {
        kind: [(lon, lat, Label(lon, lat, *row, code="")) for lon, lat, *row in map(_twice, NAMED[kind])]
        for kind in KINDS
    }
    towns = [(lon, lat, Settlement(lon, lat, *row)) for lon, lat, *row in map(_twice, NAMED["settlements"])]
    found = wish_names(zoom=case["zoom"], settlements=towns, **labels)
    assert [
        {"text": wish.text, "size": wish.size, "spacing": wish.spacing, "reach": pytest.approx(wish.reach)}
        | {"air": wish.air, "sides": list(wish.sides)}
        for wish in found
    ] == case["wishes"]


KINDS = ("countries", "waters")


def _twice(row):
    """A row of names whose place in the plane is that in degrees: here nothing is drawn."""
    return (*row[:2], *row)
