"""Classes of numbers: where they end, and that their limits are round."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from storymap.symbology.breaks import find_breaks, find_class
from storymap.symbology.rounding import round_between

NUMBERS = st.lists(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 3)), min_size=1, max_size=60)


def count_classes(numbers: list[float], breaks: tuple[float, ...]) -> list[int]:
    found = [find_class(number, breaks) for number in numbers]
    return [found.count(number) for number in range(len(breaks) + 1)]


@pytest.mark.parametrize(
    ("low", "high", "near", "expected"),
    [
        (1.2, 3.4, 2.3, 2.0),
        (48, 52, 51, 50),
        (0.0123, 0.0129, 0.0125, 0.0125),
        (-5, 3, 1, 0),
        (-12, -11, -11.5, -11),
        (9_700, 10_400, 9_800, 10_000),
        (5, 5, 5, 5),
    ],
)
def test_the_roundest_number_between_two_is_found(low: float, high: float, near: float, expected: float) -> None:
    assert round_between(low, high, near=near) == expected


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_a_round_number_lies_where_it_should(one: float, other: float, near: float) -> None:
    low, high = sorted((one, other))
    found = round_between(low, high, near=near)
    assert low < found <= high or not low < high


def test_quantiles_have_as_many_features_each_and_round_limits() -> None:
    numbers = [1.0 + 0.37 * number for number in range(100)]
    breaks = find_breaks(numbers, "quantiles", 5)
    assert list(breaks) == [8, 15, 23, 30]
    assert all(18 <= count <= 22 for count in count_classes(numbers, breaks))


def test_equal_classes_have_the_same_width() -> None:
    assert find_breaks([0.0, 3.0, 100.0], "equal", 5) == (20, 40, 60, 80)


def test_natural_breaks_lie_in_the_gaps() -> None:
    numbers = [1.0, 2, 3, 20, 21, 22, 70, 71, 90]
    assert find_breaks(numbers, "natural", 4) == (10, 50, 80)


@pytest.mark.parametrize("scheme", ["quantiles", "equal", "natural"])
def test_numbers_that_are_all_the_same_are_one_class(scheme) -> None:
    assert find_breaks([3.0, 3.0, 3.0], scheme, 5) == ()


def test_equal_numbers_are_never_parted() -> None:
    assert find_breaks([0, 0, 0, 0, 5, 6], "quantiles", 4) == (5, 6)
    assert find_breaks([1, 1, 1, 2], "quantiles", 5) == (2,)


def test_a_number_at_a_break_belongs_to_the_class_above() -> None:
    assert [find_class(number, (10, 20)) for number in (9.9, 10, 19.9, 20)] == [0, 1, 1, 2]


@pytest.mark.parametrize("scheme", ["quantiles", "equal", "natural"])
@given(numbers=NUMBERS)
def test_breaks_rise_and_leave_no_class_at_the_ends_empty(scheme, numbers: list[float]) -> None:
    breaks = find_breaks(numbers, scheme, 5)
    assert list(breaks) == sorted(set(breaks))
    counts = count_classes(numbers, breaks)
    assert counts[0]
    assert counts[-1]


def test_natural_breaks_of_very_many_numbers_are_found_and_always_the_same() -> None:
    numbers = [float((number * 7919) % 10_007) for number in range(30_000)]
    breaks = find_breaks(numbers, "natural", 5)
    assert len(breaks) == 4
    assert breaks == find_breaks(list(reversed(numbers)), "natural", 5)
