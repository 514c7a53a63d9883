"""Check what people wrote with a pydantic model, and say in plain words what is wrong with it.

The one reader of pydantic's errors, for front matter and fields, for settings, and for the properties of places. How a
`Refusal` becomes a problem, and where in the file it stands, each of these says itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from storymap.text.suggesting import ask_nearest

ModelT = TypeVar("ModelT", bound=BaseModel)

_KEY = "[key]"
"""What pydantic adds to the path of a key that is itself refused."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value, or a key, that a model does not take.

    `path` are the keys and list indexes, from 0, that lead to it. `message` continues a sentence that begins with the
    key, or is a sentence where it `is_whole`. `help` says what to write, where that is known. `is_unknown` is a key
    that the model does not have; its message is empty.
    """

    path: tuple[str | int, ...]
    message: str
    help: str = ""
    is_whole: bool = False
    is_unknown: bool = False


def refuse(message: str, *, help: str = "", is_whole: bool = False) -> PydanticCustomError:
    """What a validator of ours raises; the words are those of `Refusal`."""
    return PydanticCustomError("refused", "{message}", {"message": message, "help": help, "is_whole": is_whole})


def validate(model: type[ModelT], values: Mapping[str, Any]) -> tuple[ModelT, tuple[Refusal, ...]]:
    """Check `values`: the `model` made of those that are right, and a refusal for each other one, in order."""
    try:
        return model.model_validate(values), ()
    except ValidationError as refused:
        order = list(values)
        found = sorted(
            map(_translate, refused.errors(include_url=False)), key=lambda one: order.index(str(one.path[0]))
        )
        bad = {one.path[0] for one in found}
        good = {key: value for key, value in values.items() if key not in bad}
        return model.model_validate(good), tuple(found)


def _translate(error: Any) -> Refusal:
    path = tuple(part for part in error["loc"] if part != _KEY)
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return Refusal(path, "", is_unknown=True)
        case "refused":
            return Refusal(path, context["message"], context["help"], context["is_whole"])
        case "literal_error":
            choices = re.findall(r"'([^']*)'", context["expected"])
            near = ask_nearest(str(error["input"]).lower(), choices, parts=False)
            return Refusal(path, f"should be {context['expected'].replace(chr(39), chr(34))}", near)
        case kind:
            return Refusal(path, _say_why(kind, error["msg"], context))


def _say_why(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """What pydantic's own checks refuse, after the key."""
    match kind:
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return f"is too long: at most {context['max_length']} characters"
        case "string_type":
            return "should be a text in quotation marks"
        case "tuple_type":
            return "should be a text in quotation marks, or a list of them"
        case "bool_type":
            return "should be true or false"
        case "dict_type" | "model_type":
            return "should be a table"
        case _:
            return message[0].lower() + message[1:]
