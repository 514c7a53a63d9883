"""Names in the order in which readers expect them."""

import string

from hypothesis import given, strategies as st
from natsort import natsort_keygen

from storymap.text.ordering import order_naturally


def test_numbers_stand_by_their_value_and_letters_without_their_accents():
    names = ["Stage 10", "stage 9", "Stage 1", "Žďár", "Čáslav", "Cheb", "Dolní", "10", "9", "第2会場", "第10会場", ""]
    expected = [
        "",
        "9",
        "10",
        "Čáslav",
        "Cheb",
        "Dolní",
        "Stage 1",
        "stage 9",
        "Stage 10",
        "Žďár",
        "第2会場",
        "第10会場",
    ]
    assert sorted(names, key=order_naturally) == expected


def test_names_that_are_alike_have_one_order():
    assert sorted(["a", "A", "á"], key=order_naturally) == sorted(["á", "A", "a"], key=order_naturally)


@given(st.text(alphabet=string.ascii_lowercase + string.digits + " .-", max_size=12))
def test_what_a_name_without_numbers_is_sorted_by_is_what_natsort_has(name):
    assert order_naturally(name) == (natsort_keygen()(name), name)
