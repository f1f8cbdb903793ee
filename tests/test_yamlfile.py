"""YAML as operators and rule authors write it: the core schema, every mistake with its line."""

from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from watcher.errors import ProblemsError
from watcher.yamlfile import MAX_ALIASED, YamlFile, core_scalar, load, validate


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str | bytes) -> Path:
        path = tmp_path / "config.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def problems(path: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        load(path)
    return [str(each).replace(f"{path.parent}/", "") for each in caught.value.problems]


def test_unquoted_words_and_dates_stay_text_as_in_yaml_1_2(write):
    data = load(write("a: no\nb: on\nc: Yes\nd: 2024-02-07\ne: 12:30\nf: 1_000\ng: =")).data
    assert data == {"a": "no", "b": "on", "c": "Yes", "d": "2024-02-07", "e": "12:30", "f": "1_000", "g": "="}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-7", -7),
        ("012", 12),
        ("0o17", 15),
        ("0xFF", 255),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", float("-inf")),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("null", None),
        ("", None),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!float 1", 1.0),
        ("! 12", "12"),
        ("1.2.3", "1.2.3"),
        ("+", "+"),
    ],
)
def test_a_scalar_means_what_the_core_schema_says(write, written, meant):
    value = load(write(f"key: {written}")).data["key"]
    assert value == meant
    assert type(value) is type(meant)


@given(st.text())
def test_any_text_is_some_core_scalar(text):
    assert isinstance(core_scalar(text), str | int | float | bool | None)


_plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_trees = st.recursive(
    _plain,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), _trees))
def test_what_was_dumped_is_read_back(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(yaml.safe_dump(data, default_style='"'), encoding="utf-8")
    assert load(path).data == data


def test_keys_are_always_text(write):
    assert load(write("404: not found\nno: norsk\nnull: nothing")).data == {
        "404": "not found",
        "no": "norsk",
        "null": "nothing",
    }


def test_an_empty_file_or_one_of_comments_holds_no_keys(write):
    assert load(write("")).data == {}
    assert load(write("# nothing yet\n")).data == {}


def test_a_byte_order_mark_is_skipped(write):
    assert load(write(b"\xef\xbb\xbfa: 1")).data == {"a": 1}


PLACES = """\
title: Words
services:
  - name: Wavecrest
    documents:
      - name: Terms
        url: https://wavecrest.example/terms
  - name: Tonhafen
"""


def test_every_value_knows_its_line(write):
    file = load(write(PLACES))
    place = file.place(["services", 0, "documents", 0, "url"]).removeprefix(f"{file.path.parent}/")
    assert place == "config.yaml:6: services[0].documents[0].url"
    assert file.place(["services", 1]).endswith("config.yaml:7: services[1]")
    assert file.place(["title"]).endswith("config.yaml:1: title")


def test_an_absent_key_has_the_line_of_its_nearest_ancestor(write):
    file = load(write(PLACES))
    assert file.place(["services", 1, "documents"]).endswith("config.yaml:7: services[1].documents")
    assert file.place(["mail", "host"]).endswith("config.yaml:1: mail.host")
    assert file.place().endswith("config.yaml:1")


def test_a_key_with_blanks_or_dots_is_shown_in_brackets(write):
    assert load(write("'a b':\n  c.d: 1")).place(["a b", "c.d"]).endswith('config.yaml:2: ["a b"]["c.d"]')


def test_all_duplicate_keys_and_the_syntax_error_are_told_together(write):
    assert problems(write("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n  e: [1\nf: 2")) == [
        "config.yaml:3: a: this key stands twice, first in line 1 (keep one of them)",
        "config.yaml:6: c.d: this key stands twice, first in line 5 (keep one of them)",
        "config.yaml:8: is not YAML: while parsing a flow sequence, did not find expected ',' or ']' "
        "(look at this line and the one before it)",
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a:\n\tb: 1", 2, "indent with blanks, not with tabs"),
        ("a: 1\nb: c: d", 2, "put the value in quotes"),
        ("a: @x", 1, "put the value in quotes"),
        ("- a\nb: c", 2, "is not YAML"),
        ('a: "x\n', 2, "unexpected end of stream"),
        (b"a: 1\nb: \xff", 2, "save the file with the encoding UTF-8"),
        ("a: 1\nb: \x01", 2, "control character"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("? [a]\n: b", 1, "a key must be a word"),
        ("a: !!python/object/apply:os.system [x]", 1, "!!python/object/apply:os.system is not known"),
        ("a: 1\nb: !secret x", 2, "the tag !secret is not known"),
        ("a: !!int x", 1, "does not fit the tag !!int"),
        ("a: " + "9" * 5000, 1, "too many digits"),
        ("a: &a [*a]", 1, "no anchor &a stands before the alias *a"),
        ("[" * 100_000, 1, "nested more than"),
        ("{b: " * 60, 1, "nested more than"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_remedy(write, text, line, says):
    (problem,) = problems(write(text))
    assert problem.startswith(f"config.yaml:{line}: ")
    assert says in problem


def test_anchors_may_be_used(write):
    data = load(write("a: &lists [main, article]\nb: *lists\nc: {d: *lists}")).data
    assert data["c"]["d"] == data["b"] == ["main", "article"]


def test_a_few_lines_cannot_grow_to_gigabytes_through_aliases(write):
    names = "abcdefghij"
    text = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    text += "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in pairwise(names))
    (problem,) = problems(write(text))
    assert problem.startswith("config.yaml:5: e[0]: ")
    assert f"more than {MAX_ALIASED} values" in problem


def test_a_missing_file_a_folder_and_a_huge_file_are_told_plainly(tmp_path, monkeypatch):
    assert problems(tmp_path / "none.yaml") == ["none.yaml: no such file or directory"]
    (tmp_path / "folder.yaml").mkdir()
    assert problems(tmp_path / "folder.yaml") == ["folder.yaml: is a directory"]
    monkeypatch.setattr("watcher.yamlfile.MAX_BYTES", 3)
    (tmp_path / "big.yaml").write_text("a: 1")
    assert "is larger than" in problems(tmp_path / "big.yaml")[0]


class Page(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: str = Field(min_length=8)
    javascript: bool = False


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    weight: float = 1.0
    count: int = Field(default=1, ge=1)
    kind: Literal["terms", "privacy"] = "terms"
    pages: tuple[Page, ...] | str = ()
    more: dict[str, Page] | None = None

    @field_validator("name")
    @classmethod
    def _no_blank_ends(cls, value: str) -> str:
        if value != value.strip():
            raise ValueError("a name has no blanks at its ends")
        return value


class Root(BaseModel):
    model_config = ConfigDict(extra="forbid")
    entries: list[Entry] = []


def mistakes(file: YamlFile) -> list[str]:
    value, found = validate(Root, file)
    assert value is None
    return [str(each).replace(f"{file.path.parent}/", "") for each in found]


def test_a_right_file_becomes_its_model(write):
    value, found = validate(Root, load(write("entries: [{name: Terms, pages: [{url: https://a.example/}]}]")))
    assert found == []
    assert value is not None
    assert value.entries[0].pages[0].url == "https://a.example/"


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(write):
    text = """\
entries:
  - nmae: Terms
  - name: 12
    weight: heavy
  - name: Terms
    kind: term
    count: 0
  - name: " Terms"
    zzz: 1
  - just words
entriez: []
"""
    assert mistakes(load(write(text))) == [
        "config.yaml:2: entries[0].name: this key is missing (add it)",
        "config.yaml:2: entries[0].nmae: this key is not known (did you mean `name`?)",
        "config.yaml:3: entries[1].name: expected text, found the number 12 (put it in quotes)",
        "config.yaml:4: entries[1].weight: expected a number, found the text 'heavy'",
        "config.yaml:6: entries[2].kind: expected 'terms' or 'privacy', found the text 'term' "
        "(did you mean `terms`?)",
        "config.yaml:7: entries[2].count: must be greater than or equal to 1, found the number 0",
        "config.yaml:8: entries[3].name: a name has no blanks at its ends",
        "config.yaml:9: entries[3].zzz: this key is not known "
        "(known here: name, weight, count, kind, pages, more)",
        "config.yaml:10: entries[4]: expected keys with values, found the text 'just words'",
        "config.yaml:11: entriez: this key is not known (did you mean `entries`?)",
    ]


def test_mistakes_below_unions_and_mappings_have_their_place_without_the_libraries_words(write):
    text = """\
entries:
  - name: Terms
    more:
      help: {url: https://a.example/, javascrpt: true}
      kind: {urll: https://a.example/}
"""
    assert mistakes(load(write(text))) == [
        "config.yaml:4: entries[0].more.help.javascrpt: this key is not known (did you mean `javascript`?)",
        "config.yaml:5: entries[0].more.kind.url: this key is missing (add it)",
        "config.yaml:5: entries[0].more.kind.urll: this key is not known (did you mean `url`?)",
    ]


def test_a_part_of_a_file_can_be_validated_at_its_own_place(write):
    file = load(write("entries:\n  - name: Terms\n  - name: Privacy\n    weight: x\n"))
    assert validate(Entry, file, at=["entries", 0])[0] == Entry(name="Terms")
    _, found = validate(Entry, file, at=["entries", 1])
    assert [each.where.rsplit("/", 1)[1] for each in found] == ["config.yaml:4: entries[1].weight"]


def test_a_whole_file_of_the_wrong_shape_is_told(write):
    assert mistakes(load(write("- a\n- b"))) == ["config.yaml:1: expected keys with values, found a list"]
