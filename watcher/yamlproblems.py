"""What pydantic found wrong, as plain sentences for the person who wrote the file."""

import difflib
import re
from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

Key = str | int
_EXPECTED: Final = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen": "a list",
    "dict": "keys with values",
    "mapping": "keys with values",
    "model": "keys with values",
    "path": "a path",
    "date": "a date",
    "datetime": "a date with its time",
}


def written(keys: Sequence[Key]) -> str:
    """A path of keys for people: `services[3].documents[0].url`."""
    out = ""
    for key in keys:
        if isinstance(key, int):
            out += f"[{key}]"
        elif re.fullmatch(r"[\w-]+", key):
            out += f".{key}" if out else key
        else:
            out += f'["{key}"]'
    return out


def problems_of(
    error: ValidationError, model: type[BaseModel], data: object, at: Sequence[Key] = ()
) -> Iterator[tuple[tuple[Key, ...], str, str]]:
    """Path of keys, what is wrong and the remedy, for every mistake; `data` stands at the path `at` of its file."""
    for each in error.errors(include_url=False):
        keys = _real(each["loc"], data, absent=each["type"] == "missing")
        what, remedy = _sentence(dict(each), keys, model)
        yield (*at, *keys), what, remedy


def _real(loc: tuple[Key, ...], data: object, *, absent: bool) -> tuple[Key, ...]:
    """The location without pydantic's own words (which branch of a union, which validator)."""
    keys: list[Key] = []
    value: Any = data
    for number, part in enumerate(loc):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            if absent and number == len(loc) - 1:
                keys.append(part)
        else:
            keys.append(part)
    return tuple(keys)


def _sentence(each: dict[str, Any], keys: tuple[Key, ...], model: type[BaseModel]) -> tuple[str, str]:
    kind, context, value = each["type"], each.get("ctx", {}), each["input"]
    if kind == "missing":
        return "this key is missing", "add it"
    if kind == "extra_forbidden":
        return "this key is not known", _nearest(str(keys[-1]), allowed_keys(model, keys[:-1]))
    if kind in ("value_error", "assertion_error"):
        return str(context["error"]), ""
    if kind == "literal_error":
        return f"expected {context['expected']}, found {found(value)}", _did_you_mean(
            value, context["expected"]
        )
    stem = kind.split("_")[0]
    if kind.endswith(("_type", "_parsing", "_from_float")) and stem in _EXPECTED:
        quotes = stem == "string" and isinstance(value, int | float)
        return f"expected {_EXPECTED[stem]}, found {found(value)}", "put it in quotes" if quotes else ""
    text = each["msg"].replace("Input should", "must").replace("String should", "must")
    return f"{text[:1].lower()}{text[1:]}, found {found(value)}", ""


def found(value: object) -> str:
    """A value from a file in a few words: "the text 'daily'", "a list", "nothing"."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {str(value)[:60]}"
        case str():
            return f"the text {value if len(value) <= 60 else value[:57] + '...'!r}"
        case list() | tuple():
            return "a list"
        case _:
            return "keys with values"


def _nearest(key: str, allowed: Sequence[str]) -> str:
    close = difflib.get_close_matches(key.lower(), allowed, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known here: {', '.join(allowed)}" if allowed else "remove it"


def _did_you_mean(value: object, expected: str) -> str:
    close = difflib.get_close_matches(str(value), re.findall(r"'([^']+)'", expected), n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def allowed_keys(model: type[BaseModel], keys: Sequence[Key] = ()) -> list[str]:
    """The keys that may stand at a path below a model, in the order of its fields."""
    here: list[object] = [model]
    for key in keys:
        here = [below for annotation in here for below in _step(annotation, key)]
    names = [name for annotation in here for each in _branches(annotation) for name in _names(each)]
    return list(dict.fromkeys(names))


def _names(annotation: object) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [info.alias or name for name, info in annotation.model_fields.items()]
    return []


def _step(annotation: object, key: Key) -> Iterator[object]:
    for each in _branches(annotation):
        origin, arguments = get_origin(each), get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel):
            fields = each.model_fields.items()
            yield from (info.annotation for name, info in fields if key in (name, info.alias))
        elif isinstance(key, int) and arguments and origin is not dict:
            yield arguments[0]
        elif isinstance(key, str) and len(arguments) == 2:
            yield arguments[1]


def _branches(annotation: object) -> Iterator[object]:
    """A union's members, an annotated type's own type, anything else itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _branches(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _branches(each)
    else:
        yield annotation
