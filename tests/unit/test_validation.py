"""What a model refuses is said in plain words, in the order in which it was written; what is right comes back."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storymap.validation import Refusal, find_model, list_fields, refuse, validate


def check_even(number: int) -> int:
    if number % 2:
        raise refuse("should be even", help="write 2")
    return number


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field("", min_length=1, max_length=3)
    shown: bool = Field(default=False, strict=True)
    line: Literal["straight", "none"] = "none"
    even: Annotated[int, AfterValidator(check_even)] = 0
    table: dict[str, Annotated[int, AfterValidator(check_even)]] = Field(default_factory=dict)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": ""}, Refusal(("name",), "is empty")),
        ({"name": "long"}, Refusal(("name",), "is too long: at most 3 characters")),
        ({"name": 3}, Refusal(("name",), "should be a text in quotation marks")),
        ({"shown": "yes"}, Refusal(("shown",), "should be true or false")),
        ({"line": "strait"}, Refusal(("line",), 'should be "straight" or "none"', 'did you mean "straight"?')),
        ({"line": "???"}, Refusal(("line",), 'should be "straight" or "none"')),
        ({"even": 3}, Refusal(("even",), "should be even", "write 2")),
        ({"table": {"a": 3}}, Refusal(("table", "a"), "should be even", "write 2")),
        ({"table": 1}, Refusal(("table",), "should be a table")),
        ({"nmae": "x"}, Refusal(("nmae",), "", is_unknown=True)),
    ],
)
def test_each_refusal_says_what_is_wrong_and_where(values: dict[str, object], refusal: Refusal) -> None:
    assert validate(Model, values) == (Model(), (refusal,))


def test_what_is_right_comes_back_beside_what_is_wrong_in_the_order_of_writing() -> None:
    model, refusals = validate(Model, {"even": 1, "name": "ok", "other": 1, "shown": 2})
    assert model == Model(name="ok")
    assert [refusal.path for refusal in refusals] == [("even",), ("other",), ("shown",)]


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    needed: int
    other: int = 0


class Outer(BaseModel):
    by_name: dict[str, Annotated[Inner | None, AfterValidator(lambda value: value)]] = Field(
        default_factory=dict, alias="by-name"
    )
    plain: int = 0


def test_of_tables_only_what_is_refused_is_left_out() -> None:
    values = {
        "by-name": {"a": {"needed": 1, "other": "x", "more": 1}, "b": {"other": 2}, "c": {"needed": 3}},
        "plain": 4,
    }
    model, refusals = validate(Outer, values)
    assert model.by_name == {"a": Inner(needed=1), "c": Inner(needed=3)}
    assert model.plain == 4
    assert [refusal.path for refusal in refusals] == [
        ("by-name", "a", "other"),
        ("by-name", "a", "more"),
        ("by-name", "b"),
    ]
    assert refusals[-1].message == 'has no "needed"'


def test_a_key_belongs_to_the_innermost_model() -> None:
    assert find_model(Outer, ("plain",)) is Outer
    assert find_model(Outer, ("by-name", "a")) is Outer
    assert find_model(Outer, ("by-name", "a", "needed")) is Inner
    assert find_model(Outer, ("none", "a", "needed")) is Outer
    assert list(list_fields(Outer)) == ["by-name", "plain"]
