import json
import math
from enum import StrEnum
from typing import Annotated, Any, Literal
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course import yaml_nodes
from acttutor.course.document import (
    MAX_BYTES,
    MAX_DEPTH,
    Mapping,
    Node,
    Problem,
    Scalar,
    Sequence,
    convert,
    decode,
    parse_json,
    parse_yaml,
)
from acttutor.course.library import shipped_root


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Named(msgspec.Struct, frozen=True):
    name: str
    params: dict[str, float] = {}


class Layer(msgspec.Struct, frozen=True):
    units: Annotated[int, msgspec.Meta(ge=1)]
    activation: str | Named | list[str | Named] = "relu"
    residual: bool = False
    scale: float | None = None
    colour: Colour = Colour.RED
    kind: Literal["a", "b"] = "a"
    start: float = msgspec.field(name="from", default=0.0)
    body: Any = None


class Slow(msgspec.Struct, frozen=True, tag_field="kind", tag="slow"):
    pass


class Fast(msgspec.Struct, frozen=True, tag_field="kind", tag="fast"):
    speed: float = 1.0


class Even(msgspec.Struct, frozen=True):
    number: int

    def __post_init__(self) -> None:
        if self.number % 2:
            raise ValueError("the number must be even")


def read(text: str) -> Node:
    node, problems = parse_yaml(text, "file.yaml")
    assert not problems
    assert node is not None
    return node


def value(text: str, type_: Any) -> Any:
    result, problems = convert(read(text), type_, "file.yaml")
    assert not problems
    return result


def complaints(text: str, type_: Any) -> list[Problem]:
    result, problems = convert(read(text), type_, "file.yaml")
    assert result is None
    return problems


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def as_text(node: Node) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [as_text(item) for item in node.items]
        case Mapping():
            return {entry.key.text: as_text(entry.value) for entry in node.entries}


def test_every_yaml_scalar_stays_the_text_that_was_written() -> None:
    assert as_text(read("[no, ~, 1e3, 0x10, 2024-01-01, 1:30, yes, .inf, 'x']")) == [
        "no",
        "~",
        "1e3",
        "0x10",
        "2024-01-01",
        "1:30",
        "yes",
        ".inf",
        "x",
    ]


def test_nodes_know_their_line_and_column() -> None:
    node = read("a: 1\nlist:\n  - x\n  - {b: 中文, c: y}\n")
    assert isinstance(node, Mapping)
    items = node.get("list")
    assert isinstance(items, Sequence)
    assert (items.items[0].line, items.items[0].column) == (3, 5)
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert [(entry.value.line, entry.value.column) for entry in inner.entries] == [(4, 9), (4, 16)]


def test_a_text_inside_a_fence_is_placed_in_its_file() -> None:
    _, problems = parse_yaml("a: 1\na: 2\n", "lesson.en.md", line=41, column=3)
    assert str(only(problems)) == (
        "lesson.en.md:42:3: duplicate-key: a is given twice, first in line 41 (keep one of them)"
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: !!python/object:os.system x", "tag", (1, 4)),
        ("a: ! x", "tag", (1, 4)),
        ("a: &anchor x", "anchor", (1, 4)),
        ("a: 1\nb: *a", "alias", (2, 4)),
        ("a: 1\nb: 2\na: 3", "duplicate-key", (3, 1)),
        ("<<: {a: 1}", "merge-key", (1, 1)),
        ("a: 1\n---\nb: 2", "documents", (2, 1)),
        ("[" * (MAX_DEPTH + 1), "depth", (1, MAX_DEPTH + 1)),
        ("- " * (MAX_DEPTH + 1) + "x", "depth", (1, 2 * MAX_DEPTH + 1)),
        ("a: 1\nb\x1b: 2", "character", (2, 2)),
        ("a: x\u202ey", "character", (1, 5)),
        ('a: "\\e[2J"', "character", (1, 4)),
        ('"\\u202e": 1', "character", (1, 1)),
        ('a: "\\r"', "character", (1, 4)),
        ("? [a, b]\n: 1", "key", (1, 3)),
        ("?\n: 1", "key", (1, 2)),
        ("a: b: c", "syntax", (1, 5)),
        ("a:\n\t- b", "syntax", (2, 1)),
        ('a: "\\U00110000"', "syntax", (1, 1)),
        ("", "empty", (1, 1)),
        ("# only a comment\n", "empty", (1, 1)),
    ],
)
def test_what_yaml_allows_and_we_do_not_is_told_at_its_place(
    text: str, code: str, place: tuple[int, int]
) -> None:
    _, problems = parse_yaml(text, "file.yaml")
    problem = only(problems)
    assert (problem.code, (problem.line, problem.column)) == (code, place)
    assert problem.message.isprintable()


def test_nesting_as_deep_as_allowed_is_fine() -> None:
    assert isinstance(read("[" * MAX_DEPTH + "]" * MAX_DEPTH), Sequence)


def test_an_unclosed_bracket_names_the_line_it_was_opened_in() -> None:
    _, problems = parse_yaml("a: 1\nb: [1,\n 2\nc: 3\n", "file.yaml")
    assert "begun in line 2" in only(problems).message


def test_too_large_a_document_is_refused_before_it_is_read() -> None:
    for parse in (parse_yaml, parse_json):
        node, problems = parse("x" * (MAX_BYTES + 1), "file")
        assert node is None
        assert only(problems).code == "size"


def test_windows_line_ends_do_not_move_lines() -> None:
    node, problems = parse_yaml("a: 1\r\nb: 2\r\n", "file.yaml")
    assert not problems
    assert isinstance(node, Mapping)
    assert [(entry.value.line, as_text(entry.value)) for entry in node.entries] == [(1, "1"), (2, "2")]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"a": NaN}', "syntax", (1, 7)),
        ('{"a": Infinity}', "syntax", (1, 7)),
        ('{"a": -Infinity}', "syntax", (1, 7)),
        ('{"a": 1,\n "a": 2}', "duplicate-key", (2, 2)),
        ('{"a": 01}', "syntax", (1, 7)),
        ('{"a": .5}', "syntax", (1, 7)),
        ('{"a": +1}', "syntax", (1, 7)),
        ('{"a": 1.}', "syntax", (1, 7)),
        ('{"a": 1,}', "syntax", (1, 9)),
        ("[1, 2,]", "syntax", (1, 7)),
        ("[1 2]", "syntax", (1, 4)),
        ("{'a': 1}", "syntax", (1, 2)),
        ('{"a" 1}', "syntax", (1, 6)),
        ('["a\nb"]', "syntax", (1, 2)),
        ('["\\x41"]', "syntax", (1, 2)),
        ('["\\u001b[2J"]', "character", (1, 2)),
        ("[1] 2", "syntax", (1, 5)),
        ("// no\n1", "syntax", (1, 1)),
        ("[" * (MAX_DEPTH + 1), "depth", (1, MAX_DEPTH + 1)),
        ("[", "syntax", (1, 2)),
        ("  ", "empty", (1, 1)),
    ],
)
def test_json_is_read_strictly(text: str, code: str, place: tuple[int, int]) -> None:
    _, problems = parse_json(text, "file.json")
    problem = only(problems)
    assert (problem.code, (problem.line, problem.column)) == (code, place)


_json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


def _stringly(document: object) -> object:
    if isinstance(document, dict):
        return {key: _stringly(item) for key, item in document.items()}
    if isinstance(document, list):
        return [_stringly(item) for item in document]
    return "" if document is None else document if isinstance(document, str) else json.dumps(document)


@given(_json_values, st.sampled_from([None, 2]))
def test_json_is_read_as_the_standard_library_reads_it(document: object, indent: int | None) -> None:
    node, problems = parse_json(json.dumps(document, indent=indent), "file.json")
    assert not problems
    assert node is not None
    assert as_text(node) == _stringly(document)


@given(_json_values)
def test_json_text_means_the_same_as_yaml(document: object) -> None:
    text = json.dumps(document, ensure_ascii=False)
    as_json, _ = parse_json(text, "file")
    as_yaml, problems = parse_yaml(text, "file")
    assert not problems
    assert as_json is not None
    assert as_yaml is not None
    if document is not None:
        assert _without_null(as_text(as_yaml)) == _without_null(as_text(as_json))


def _without_null(document: object) -> object:
    if isinstance(document, dict):
        return {key: _without_null(item) for key, item in document.items()}
    if isinstance(document, list):
        return [_without_null(item) for item in document]
    return "" if document == "null" else document


_yaml_like = st.lists(
    st.sampled_from("ab1.-:,[]{}#&*!|>'\"%@`?~<=\\ \n\t\r中\x1b\ud800\U0010ffff")
    | st.sampled_from(["- ", ": ", "\n  ", "a: ", "&a ", "*a", "--- ", "%YAML 1.1\n", '"\\x', "!!str "])
).map("".join)


@given(st.text() | _yaml_like)
def test_no_text_makes_the_parsers_raise(text: str) -> None:
    for parse in (parse_yaml, parse_json):
        node, problems = parse(text, "file")
        assert node is not None or problems
        for problem in problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.line <= text.count("\n") + text.count("\r") + 1
        if node is not None:
            convert(node, Layer, "file")
            convert(node, list[Layer] | dict[str, float] | None, "file")


@given(_yaml_like.map(lambda text: f"{text}\n") | st.text("ab: -\n?|>#[]{}\t中'", max_size=40))
def test_with_and_without_libyaml_a_text_gives_the_same_tree_and_problems(text: str) -> None:
    if yaml_nodes._FAST is None:
        pytest.skip("this PyYAML has no libyaml")
    fast = parse_yaml(text, "file", line=7, column=3)
    with patch.object(yaml_nodes, "_FAST", None):
        assert parse_yaml(text, "file", line=7, column=3) == fast


def test_the_shipped_course_reads_the_same_with_and_without_libyaml() -> None:
    for path in sorted(shipped_root().rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        fast = parse_yaml(text, path.name)
        with patch.object(yaml_nodes, "_FAST", None):
            assert parse_yaml(text, path.name) == fast


@given(st.binary())
def test_no_bytes_make_decoding_raise(data: bytes) -> None:
    text, problems = decode(data, "file")
    assert (text is None) == bool(problems)


def test_a_byte_that_is_not_utf8_is_placed() -> None:
    _, problems = decode("a: 中\nb: ".encode() + b"\xff", "file.yaml")
    assert (only(problems).line, only(problems).column) == (2, 4)


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("no", str, "no"),
        ("1e3", str, "1e3"),
        ("1e3", int, 1000),
        ("1e3", float, 1000.0),
        ("-.5", float, -0.5),
        ("true", bool, True),
        ("~", float | None, None),
        ("[1, 2]", list[float], [1.0, 2.0]),
        ("[1, 2]", tuple[float, float], (1.0, 2.0)),
        ("{a: 1, b: x}", dict[str, float | str], {"a": 1.0, "b": "x"}),
        ("green", Colour, Colour.GREEN),
    ],
)
def test_the_schema_says_what_a_scalar_means(text: str, type_: Any, expected: object) -> None:
    result = value(text, type_)
    assert result == expected
    assert type(result) is type(expected)


def test_a_struct_takes_its_defaults_and_renamed_keys() -> None:
    layer = value("{units: 3, from: 1.5}", Layer)
    assert layer == Layer(units=3, start=1.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("relu", "relu"),
        ("[relu, {name: elu, params: {alpha: 2}}]", ["relu", Named("elu", {"alpha": 2.0})]),
        ("{name: elu}", Named("elu")),
    ],
)
def test_a_union_is_decided_by_what_was_written(text: str, expected: object) -> None:
    assert value(f"{{units: 1, activation: {text}}}", Layer).activation == expected


def test_a_field_of_type_any_keeps_its_node() -> None:
    assert as_text(value("{units: 1, body: {a: [1]}}", Layer).body) == {"a": ["1"]}


def test_a_tag_chooses_among_structs() -> None:
    assert value("{kind: fast, speed: 2}", Slow | Fast) == Fast(2.0)
    assert only(complaints("{kind: fats}", Slow | Fast)).suggestion == "did you mean fast?"
    assert only(complaints("{speed: 2}", Slow | Fast)).message == "kind is missing"
    assert only(complaints("{kind: slow, speed: 2}", Slow | Fast)).code == "unknown-key"


def test_an_error_of_the_struct_itself_is_told_at_the_mapping() -> None:
    problem = only(complaints("- number: 2\n- number: 3\n", list[Even]))
    assert (problem.line, problem.column) == (2, 3)
    assert "[1]: the number must be even" in problem.message


def test_all_problems_are_told_each_at_its_place() -> None:
    problems = complaints(
        "- units: 0\n"
        "  activations: relu\n"
        "- activation: {nam: elu}\n"
        "  residual: yes\n"
        "- units: 2.5\n"
        "  scale: nan\n"
        "  colour: gren\n"
        "- 7\n",
        list[Layer],
    )
    assert [(problem.line, problem.column, problem.code) for problem in problems] == [
        (1, 10, "value"),
        (2, 3, "unknown-key"),
        (3, 16, "unknown-key"),
        (3, 15, "missing-key"),
        (4, 13, "value"),
        (3, 3, "missing-key"),
        (5, 10, "value"),
        (6, 10, "value"),
        (7, 11, "value"),
        (8, 3, "value"),
    ]
    assert problems[1].suggestion == "did you mean activation?"
    assert problems[2].suggestion == "did you mean name?"
    assert problems[8].suggestion == "did you mean green?"


@pytest.mark.parametrize(
    "text", ["nan", ".nan", "inf", "-inf", ".inf", "1e999", "0x10", "1_000", "٣", "1 2", ""]
)
def test_only_finite_decimal_numbers_are_numbers(text: str) -> None:
    problem = only(complaints(f"x: {text}", dict[str, float]))
    assert (problem.line, problem.code) == (1, "value")
    assert problem.suggestion == "give a finite number"


@pytest.mark.parametrize("text", ["1.5", "1e400", "9007199254740993", "9" * 5000, "x"])
def test_only_whole_numbers_a_float_can_hold_are_whole_numbers(text: str) -> None:
    assert "a whole number" in only(complaints(f"x: {text}", dict[str, int])).suggestion


@pytest.mark.parametrize("text", ["yes", "no", "True", "on", "1", ""])
def test_only_true_and_false_are_true_and_false(text: str) -> None:
    assert only(complaints(f"x: {text}", dict[str, bool])).suggestion == "give true or false"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_written_and_read(number: float) -> None:
    result = value(f"[{number!r}]", list[float])[0]
    assert result == number
    assert math.copysign(1, result) == math.copysign(1, number)
