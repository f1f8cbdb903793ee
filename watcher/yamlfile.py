"""YAML read by the core schema of YAML 1.2 (section 10.3.2), with the place of every value kept.

Unquoted `no`, `on`, `yes` and dates are text, keys are always text as written, a key may stand once, and only the
tags of the core schema are known. Every mistake names its file, line and key, and all are told at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from watcher.errors import Problem, ProblemsError
from watcher.yamlproblems import problems_of, written

M = TypeVar("M", bound=BaseModel)
Key = str | int

MAX_BYTES: Final = 20_000_000
MAX_DEPTH: Final = 50
MAX_ALIASED: Final = 20_000
"""Values that aliases may stand for in one file, so that a few lines cannot grow to gigabytes ("billion laughs")."""

_TAG: Final = "tag:yaml.org,2002:"
_INT: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's content as plain Python and where each value stands: `lines` maps paths of keys to lines from 1."""

    path: Path
    data: Any
    lines: Mapping[tuple[Key, ...], int] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, keys: Sequence[Key] = ()) -> str:
        """File, line and key: "config.yaml:12: services[3].url"; an absent key has its nearest ancestor's line."""
        name = f"{self.path}:{self.line(keys)}"
        return f"{name}: {written(keys)}" if keys else name

    def line(self, keys: Sequence[Key] = ()) -> int:
        """The line, from 1, of a key or of its nearest ancestor that is there."""
        known = (self.lines.get(tuple(keys[:end])) for end in range(len(keys), -1, -1))
        return next((line for line in known if line is not None), 1)

    def at(self, keys: Sequence[Key]) -> object:
        """The value at a path of keys, None when there is none."""
        value: Any = self.data
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def load(path: Path) -> YamlFile:
    """Read a file. An empty one gives `{}`.

    Raises ProblemsError with every duplicate key, refused tag or alias, and the first syntax error (behind which
    nothing can be read).
    """
    builder = _Builder(path)
    data = builder.build(_text(path))
    if builder.problems:
        raise ProblemsError(f"{path} cannot be read", builder.problems)
    return YamlFile(path, {} if data is None else data, MappingProxyType(builder.lines))


def validate(
    model: type[M], file: YamlFile, data: object = None, at: Sequence[Key] = ()
) -> tuple[M | None, list[Problem]]:
    """A pydantic model of the value at `at` (or of `data` said to stand there), or every mistake in it."""
    value = file.at(at) if data is None else data
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = [
            (file.line(keys), keys, what, remedy)
            for keys, what, remedy in problems_of(error, model, value, at)
        ]
    found.sort(key=lambda each: each[0])
    return None, [Problem(file.place(keys), what, remedy) for _, keys, what, remedy in found]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ProblemsError(f"{path} cannot be read", [Problem(str(path), reason)]) from None
    if len(raw) > MAX_BYTES:
        problem = Problem(
            str(path), f"is larger than {MAX_BYTES // 1_000_000} MB", "split it into several files"
        )
        raise ProblemsError(f"{path} cannot be read", [problem])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(f"{path}:{line}", "is not UTF-8 text", "save the file with the encoding UTF-8")
        raise ProblemsError(f"{path} cannot be read", [problem]) from None


class _Refused(Exception):
    """The file cannot be read any further; the problem is already noted."""


class _Builder:
    """Builds plain Python from libyaml's events, collecting problems and lines on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lines: dict[tuple[Key, ...], int] = {}
        self.anchors: dict[str, tuple[object, int]] = {}
        self.aliased = 0
        self.size = 0
        self.events: Iterator[yaml.Event] = iter(())

    def build(self, text: str) -> object:
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)
        data: object = None
        documents = 0
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.note(event, (), "holds a second document after `---`", "keep one per file")
                        break
                    data = self.value(next(self.events), ())
        except yaml.YAMLError as error:
            self.problems.append(self.syntax(error, text))
        except _Refused:
            pass
        return data

    def note(self, event: yaml.Event, keys: tuple[Key, ...], what: str, remedy: str = "") -> None:
        name = f"{self.path}:{_line(event)}"
        self.problems.append(Problem(f"{name}: {written(keys)}" if keys else name, what, remedy))

    def syntax(self, error: yaml.YAMLError, text: str) -> Problem:
        if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
            line = error.problem_mark.line + 1
            lines = text.splitlines()
            written_line = lines[line - 1] if line <= len(lines) else ""
            what = f"{error.context}, {error.problem}" if error.context else str(error.problem)
            remedy = _syntax_remedy(str(error.problem), written_line)
            return Problem(f"{self.path}:{line}", f"is not YAML: {what}", remedy)
        position = getattr(error, "position", 0) or 0
        line = text.encode("utf-8", "surrogatepass").count(b"\n", 0, position) + 1
        return Problem(
            f"{self.path}:{line}", "holds a control character", "remove what cannot be seen on this line"
        )

    def value(self, event: yaml.Event, keys: tuple[Key, ...]) -> object:
        self.lines.setdefault(keys, _line(event))
        if len(keys) > MAX_DEPTH:
            self.note(event, (), f"is nested more than {MAX_DEPTH} levels deep")
            raise _Refused
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, keys)
        before = self.size
        self.size += 1
        value: object
        if isinstance(event, yaml.ScalarEvent):
            value = self.scalar(event, keys)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.tag(event, keys, "seq")
            value = [
                self.value(item, (*keys, at)) for at, item in enumerate(self.until(yaml.SequenceEndEvent))
            ]
        else:
            self.tag(event, keys, "map")
            value = self.mapping(keys)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self.anchors[anchor] = (value, self.size - before)
        return value

    def mapping(self, keys: tuple[Key, ...]) -> dict[str, object]:
        value: dict[str, object] = {}
        for event in self.until(yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.note(event, keys, "a key must be a word, not a list, a mapping or an alias")
                raise _Refused
            key, place = event.value, (*keys, event.value)
            if key in value:
                first = self.lines[place]
                self.note(event, place, f"this key stands twice, first in line {first}", "keep one of them")
            self.lines.setdefault(place, _line(event))
            value[key] = self.value(next(self.events), place)
        return value

    def until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def alias(self, event: yaml.AliasEvent, keys: tuple[Key, ...]) -> object:
        if event.anchor not in self.anchors:
            self.note(event, keys, f"no anchor &{event.anchor} stands before the alias *{event.anchor}")
            return None
        value, size = self.anchors[event.anchor]
        self.size += size
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            self.note(event, keys, f"aliases stand for more than {MAX_ALIASED} values", "write them out")
            raise _Refused
        return value

    def tag(self, event: yaml.Event, keys: tuple[Key, ...], plain: str) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", _TAG + plain):
            self.note(event, keys, f"the tag {_short(tag)} is not known here", "remove it")

    def scalar(self, event: yaml.ScalarEvent, keys: tuple[Key, ...]) -> object:
        text, tag = event.value, event.tag
        if tag in ("!", _TAG + "str") or (tag is None and not event.implicit[0]):
            return text
        kind = tag.removeprefix(_TAG) if tag is not None else None
        if kind not in (None, "int", "float", "bool", "null"):
            self.tag(event, keys, "str")
            return text
        try:
            value = core_scalar(text)
        except ValueError:
            self.note(event, keys, "this number has too many digits", "put it in quotes")
            return None
        if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if kind is not None and _KINDS[type(value)] != kind:
            self.note(event, keys, f"{text!r} does not fit the tag {_short(tag)}", "remove the tag")
        return value


_KINDS: Final[Mapping[type, str]] = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "str",
    type(None): "null",
}


def core_scalar(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar means by the core schema; ValueError for a whole number of thousands of digits."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", ""))
    return text


def _syntax_remedy(problem: str, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with blanks, not with tabs"
    if "mapping values" in problem or "cannot start any token" in problem:
        return "put the value in quotes"
    return "look at this line and the one before it"


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 1


def _short(tag: str | None) -> str:
    return (tag or "").replace(_TAG, "!!")
