"""Check what people wrote with a pydantic model, and say in plain words what is wrong with it.

The one reader of pydantic's errors, for front matter and fields, for settings, and for the properties of places. How a
`Refusal` becomes a problem, and where in the file it stands, each of these says itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from storymap.text.suggesting import ask_nearest

ModelT = TypeVar("ModelT", bound=BaseModel)

_KEY = "[key]"
"""What pydantic adds to the path of a key that is itself refused."""


class Refusal(Struct, frozen=True):
    """A value, or a key, that a model does not take.

    `path` are the keys and list indexes, from 0, that lead to it. `message` continues a sentence that begins with the
    key, or is a sentence where it `is_whole`. `help` says what to write, where that is known. `is_unknown` is a key
    that the model does not have; its message is empty. With `is_key` the last key of `path` is itself what is wrong.
    """

    path: tuple[str | int, ...]
    message: str
    help: str = ""
    is_whole: bool = False
    is_unknown: bool = False
    is_key: bool = False


def refuse(message: str, *, help: str = "", is_whole: bool = False) -> PydanticCustomError:
    """What a validator of ours raises; the words are those of `Refusal`."""
    return PydanticCustomError("refused", "{message}", {"message": message, "help": help, "is_whole": is_whole})


def validate(model: type[ModelT], values: Mapping[str, Any]) -> tuple[ModelT, tuple[Refusal, ...]]:
    """Check `values`: the `model` made of those that are right, and a refusal for each other one, in order.

    Of tables within tables only the keys are left out that are refused, and those that cannot be without them.
    """
    refusals: tuple[Refusal, ...] = ()
    while True:
        try:
            return model.model_validate(values), refusals
        except ValidationError as refused:
            found = tuple(map(_translate, refused.errors(include_url=False)))
        refusals = refusals or tuple(sorted(found, key=partial(_find_rank, values)))
        written = {_trace(values, refusal.path) for refusal in found}
        assert () not in written, "a model takes an empty table"
        for path in written:
            values = _drop(values, path)


def find_model(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel]:
    """The model that the last key of `path` belongs to: `model`, or one that a field of it holds."""
    found, annotation = model, cast("Any", model)
    for key in path[:-1]:
        if isinstance(key, int):
            continue
        if get_origin(annotation) is dict:
            annotation = _peel(get_args(annotation)[1])
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = list_fields(annotation).get(key)
            annotation = None if field is None else _peel(field.annotation)
        else:
            break
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found = annotation
    return found


def list_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of `model` by their keys, as people write them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _peel(annotation: Any) -> Any:
    """The type that an annotation is of, besides None and without what it is annotated with; of a tuple its first."""
    while get_origin(annotation) in {Annotated, tuple}:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, UnionType}:
        return _peel(next(one for one in get_args(annotation) if one is not NoneType))
    return annotation


def _find_rank(values: Mapping[str, Any], refusal: Refusal) -> tuple[int, ...]:
    """Where what is refused stands in `values`: the number of each key that leads to it."""
    rank: list[int] = []
    for key in _trace(values, refusal.path):
        rank.append(list(values).index(key))
        values = values[key]
    return tuple(rank)


def _trace(values: Any, path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys of `path` that are there in `values`: what a table was made of has none of its keys."""
    if not path or not isinstance(values, Mapping) or path[0] not in values:
        return ()
    return (str(path[0]), *_trace(values[path[0]], path[1:]))


def _drop(values: Mapping[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """`values` without the last key of `path`, if it is still there."""
    first, *rest = path
    if not rest or first not in values:
        return {key: value for key, value in values.items() if key != first}
    return {**values, first: _drop(values[first], rest)}


def _translate(error: Any) -> Refusal:
    path = tuple(part for part in error["loc"] if part != _KEY)
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return Refusal(path, "", is_unknown=True)
        case "missing":
            return Refusal(path[:-1], f'has no "{path[-1]}"')
        case "refused":
            is_key = error["loc"][-1:] == (_KEY,)
            return Refusal(path, context["message"], context["help"], context["is_whole"], is_key=is_key)
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
