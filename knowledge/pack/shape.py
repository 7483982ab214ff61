"""From raw YAML values to entries of the right shape, with every deviation in words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.pack.fault import Fault
from knowledge.pack.schema import FIELD_NAMES, Entry

E = TypeVar("E", bound=Entry)


def shaped(
    model: type[E], value: object, file: str, entry: str, field: str = "", *, most: int | None = None
) -> E | list[Fault]:
    """`value` as a `model`, or the faults that stand in the way; `field` is where in the entry it stands. With `most`,
    the first so many faults."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return [
            Fault(file, entry, field_name((field, *problem["loc"])), _in_words(model, problem))
            for problem in error.errors(include_url=False)[:most]
        ]


def field_name(path: Iterable[str | int]) -> str:
    """A path inside an entry as people read it: `facts.label[2].from`, positions counted from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path if part != "")
    return "".join(parts).lstrip(".")


def _in_words(model: type[Entry], problem: ErrorDetails) -> str:
    given = problem["input"]
    match problem["type"]:
        case "missing":
            return "is missing. Add it."
        case "extra_forbidden":
            return "is no field here. " + suggestion(str(problem["loc"][-1]), (*model.model_fields, *FIELD_NAMES))
        case "enum" | "literal_error":
            allowed = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return f"is {given or 'empty'}. Use one of: {allowed}."
        case "string_type":
            return "is empty. Write it." if given is None else "must be text. Check the indentation and the quotes."
        case "tuple_type" | "list_type":
            return "must be a list, such as [one, two]."
        case "model_type" | "dict_type":
            return "must hold fields, such as {en: …, ko: …}. Check the indentation."
        case _:
            return f"is wrong: {problem['msg']}."


def suggestion(given: str, known: Iterable[str]) -> str:
    """A remedy for a name that is not among `known`."""
    close = get_close_matches(given, list(known), n=1)
    return f"Did you mean {close[0]}?" if close else "Check its spelling, or remove it."
