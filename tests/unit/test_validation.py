"""What a model refuses is said in plain words, in the order in which it was written; what is right comes back."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storymap.validation import Refusal, refuse, validate


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
