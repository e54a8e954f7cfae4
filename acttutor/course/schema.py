"""From nodes to typed values: msgspec Structs say what is allowed, every problem is found at its place.

msgspec's own conversion stops at the first problem and knows no lines; so its description of the types
(`msgspec.inspect`) is walked here, field by field. Scalars are texts until a type says what they mean: `no`
is the text "no" where a text is wanted, and wrong where true or false is.
"""

import math
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import inspect

from acttutor.course.nodes import Mapping, Node, Problem, Report, Scalar, Sequence
from acttutor.course.schema_words import choices_of, describe, shortened, takes_text
from acttutor.errors import UserError, did_you_mean

T = TypeVar("T")

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOTHING = ("", "~", "null")
_EXACT_IN_FLOAT = 2**53
_SCALAR_TYPES = (
    inspect.NoneType,
    inspect.BoolType,
    inspect.IntType,
    inspect.FloatType,
    inspect.EnumType,
    inspect.LiteralType,
    inspect.StrType,
)
_LIST_TYPES = (inspect.ListType, inspect.VarTupleType, inspect.TupleType)
_MAPPING_TYPES = (inspect.StructType, inspect.DictType)


@dataclass(frozen=True, slots=True)
class _Invalid:
    """Stands for a value whose problem has been reported."""


_INVALID = _Invalid()


def convert(node: Node, type_: type[T], path: str, key: str = "") -> tuple[T | None, list[Problem]]:
    """`node` as a value of `type_`, or None and every reason why not.

    `type_` is a msgspec Struct or any type built of Structs, lists, tuples, dicts, unions, enums, literals,
    str, int, float (finite), bool (`true` or `false`) and None (nothing, `~` or `null`). Meta constraints
    are honoured; a field of type Any keeps its node. `path` names the file, `key` what the node belongs to,
    as in `layers[0]`.
    An error that `__post_init__` raises (ValueError or UserError) is told at the mapping's place.
    """
    report = Report(path, [])
    value = _value(node, _type_info(cast(Hashable, type_)), key, report)
    return (None if isinstance(value, _Invalid) or report.problems else value), report.problems


@cache
def _type_info(type_: Hashable) -> inspect.Type:
    """What msgspec knows of a type; finding it out takes longer than to convert most nodes."""
    return inspect.type_info(type_)


def _value(node: Node, wanted: inspect.Type, key: str, report: Report) -> Any:
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.AnyType):
        return node
    if isinstance(wanted, inspect.UnionType):
        return _union(node, wanted, key, report)
    if isinstance(wanted, _SCALAR_TYPES) and isinstance(node, Scalar):
        return _scalar(node, wanted, key, report)
    if isinstance(wanted, inspect.StructType) and isinstance(node, Mapping):
        return _struct(node, wanted, key, report)
    if isinstance(wanted, inspect.DictType) and isinstance(node, Mapping):
        return _dict(node, wanted, key, report)
    if isinstance(wanted, _LIST_TYPES) and isinstance(node, Sequence):
        return _list(node, wanted, key, report)
    return _wrong(node, wanted, key, report)


def _union(node: Node, wanted: inspect.UnionType, key: str, report: Report) -> Any:
    """Choose the member by the kind of node, then by what converts, or for mappings by shared keys."""
    members = wanted.types
    if isinstance(node, Scalar):
        scalars = sorted((m for m in members if isinstance(m, _SCALAR_TYPES)), key=_scalar_order)
        for member in scalars:
            value = _scalar(node, member, key, Report(report.path, []))
            if not isinstance(value, _Invalid):
                return value
        meant = [member for member in scalars if not isinstance(member, inspect.NoneType)]
        if len(meant) == 1 and not node.empty:
            return _scalar(node, meant[0], key, report)
    elif isinstance(node, Sequence):
        lists = [member for member in members if isinstance(member, _LIST_TYPES)]
        if lists:
            return _value(node, lists[0], key, report)
    else:
        mappings = [member for member in members if isinstance(member, _MAPPING_TYPES)]
        tags = {str(m.tag): m for m in mappings if isinstance(m, inspect.StructType) and m.tag is not None}
        if tags:
            return _tagged(node, tags, key, report)
        if mappings:
            return _value(node, max(mappings, key=lambda member: _likeness(node, member)), key, report)
    return _wrong(node, wanted, key, report)


def _scalar_order(member: inspect.Type) -> int:
    return next(order for order, kind in enumerate(_SCALAR_TYPES) if isinstance(member, kind))


def _tagged(node: Mapping, members: dict[str, inspect.StructType], key: str, report: Report) -> Any:
    """Convert to the member that the tag names; `members` is not empty, all share one tag field."""
    name = next(iter(members.values())).tag_field or ""
    tag = node.get(name)
    choices = f"give one of {', '.join(members)}"
    if tag is None:
        report.error(node.line, node.column, "missing-key", f"{_join(key, name)} is missing", choices)
        return _INVALID
    if not isinstance(tag, Scalar) or tag.text not in members:
        text = tag.text if isinstance(tag, Scalar) else "a list or mapping"
        message = f"{_join(key, name)}: {shortened(text)} is not possible"
        report.error(tag.line, tag.column, "value", message, did_you_mean(text, members) or choices)
        return _INVALID
    return _struct(node, members[tag.text], key, report)


def _likeness(node: Mapping, member: inspect.Type) -> int:
    """How well a mapping fits: the number of known keys."""
    if not isinstance(member, inspect.StructType):
        return 0
    known = {field.encode_name for field in member.fields}
    return sum(name in known for name in node.keys)


def _struct(node: Mapping, wanted: inspect.StructType, key: str, report: Report) -> Any:
    before = len(report.problems)
    fields = {field.encode_name: field for field in wanted.fields}
    known = [*fields, *([wanted.tag_field] if wanted.tag_field else [])]
    values: dict[str, Any] = {}
    for entry in node.entries:
        name = entry.key.text
        if name in fields:
            values[fields[name].name] = _value(entry.value, fields[name].type, _join(key, name), report)
        elif name not in known:
            advice = did_you_mean(name, known) or f"known keys: {', '.join(known)}"
            report.error(
                entry.key.line,
                entry.key.column,
                "unknown-key",
                f"unknown key {_join(key, shortened(name))}",
                advice,
            )
    for name, field in fields.items():
        if field.required and field.name not in values:
            message = f"{_join(key, name)} is missing"
            report.error(node.line, node.column, "missing-key", message, f"give {describe(field.type)}")
    if len(report.problems) > before:
        return _INVALID
    try:
        return wanted.cls(**values)
    except (ValueError, UserError) as error:
        report.error(node.line, node.column, "value", f"{key}: {error}" if key else str(error))
        return _INVALID


def _dict(node: Mapping, wanted: inspect.DictType, key: str, report: Report) -> Any:
    result: dict[Any, Any] = {}
    for entry in node.entries:
        name = _value(entry.key, wanted.key_type, _join(key, shortened(entry.key.text)), report)
        value = _value(entry.value, wanted.value_type, _join(key, shortened(entry.key.text)), report)
        if not isinstance(name, _Invalid) and not isinstance(value, _Invalid):
            result[name] = value
    return _checked_length(node, len(node.entries), result, wanted, key, report)


def _list(
    node: Sequence,
    wanted: inspect.ListType | inspect.VarTupleType | inspect.TupleType,
    key: str,
    report: Report,
) -> Any:
    if isinstance(wanted, inspect.TupleType):
        types: list[inspect.Type] = list(wanted.item_types)
        if len(types) != len(node.items):
            message = f"{_at(key)}has {len(node.items)} items"
            report.error(node.line, node.column, "value", message, f"give {describe(wanted)}")
            return _INVALID
    else:
        types = [wanted.item_type] * len(node.items)
    items = [
        _value(item, type_, f"{key}[{place}]", report)
        for place, (item, type_) in enumerate(zip(node.items, types, strict=True))
    ]
    result = items if isinstance(wanted, inspect.ListType) else tuple(items)
    if isinstance(wanted, inspect.TupleType):
        return result
    return _checked_length(node, len(items), result, wanted, key, report)


def _checked_length(
    node: Mapping | Sequence,
    length: int,
    result: Any,
    wanted: inspect.ListType | inspect.VarTupleType | inspect.DictType,
    key: str,
    report: Report,
) -> Any:
    least, most = wanted.min_length or 0, wanted.max_length
    if length < least or (most is not None and length > most):
        limits = f"at least {least}" if length < least else f"at most {most}"
        report.error(node.line, node.column, "value", f"{_at(key)}has {length} items", f"give {limits}")
        return _INVALID
    return result


def _scalar(node: Scalar, wanted: inspect.Type, key: str, report: Report) -> Any:
    """A scalar as the type has it; the cases are the members of `_SCALAR_TYPES`."""
    text = node.text
    if isinstance(wanted, inspect.NoneType):
        return None if not node.quoted and text in _NOTHING else _INVALID
    if node.empty:
        return _wrong(node, wanted, key, report)
    if isinstance(wanted, inspect.BoolType):
        return text == "true" if text in ("true", "false") else _wrong(node, wanted, key, report)
    if isinstance(wanted, inspect.IntType | inspect.FloatType):
        return _number(node, wanted, key, report)
    if isinstance(wanted, inspect.EnumType | inspect.LiteralType):
        choices = choices_of(wanted)
        if text in choices:
            return choices[text]
        advice = did_you_mean(text, choices) or f"give {describe(wanted)}"
        report.error(node.line, node.column, "value", f"{_at(key)}{shortened(text)} is not possible", advice)
        return _INVALID
    if isinstance(wanted, inspect.StrType):
        return _text(node, wanted, key, report)
    return _wrong(node, wanted, key, report)


def _number(node: Scalar, wanted: inspect.IntType | inspect.FloatType, key: str, report: Report) -> Any:
    if not _NUMBER.fullmatch(node.text):
        return _wrong(node, wanted, key, report)
    value: float = float(node.text)
    if not math.isfinite(value):
        return _wrong(node, wanted, key, report)
    if isinstance(wanted, inspect.IntType):
        whole = int(node.text) if _INTEGER.fullmatch(node.text) else int(value)
        if not value.is_integer() or abs(whole) > _EXACT_IN_FLOAT:
            return _wrong(node, wanted, key, report)
        value = whole
    allowed = (
        (wanted.ge is None or value >= wanted.ge)
        and (wanted.gt is None or value > wanted.gt)
        and (wanted.le is None or value <= wanted.le)
        and (wanted.lt is None or value < wanted.lt)
    )
    return value if allowed else _wrong(node, wanted, key, report)


def _text(node: Scalar, wanted: inspect.StrType, key: str, report: Report) -> Any:
    length = len(node.text)
    if wanted.max_length is not None and length > wanted.max_length:
        message = f"{_at(key)}is {length} characters long"
        report.error(node.line, node.column, "value", message, f"give at most {wanted.max_length}")
        return _INVALID
    too_short = wanted.min_length is not None and length < wanted.min_length
    if too_short or (wanted.pattern is not None and not re.search(wanted.pattern, node.text)):
        return _wrong(node, wanted, key, report)
    return node.text


def _wrong(node: Node, wanted: inspect.Type, key: str, report: Report) -> _Invalid:
    found = (
        ("nothing" if node.empty else shortened(node.text))
        if isinstance(node, Scalar)
        else f"a list of {len(node.items)}"
        if isinstance(node, Sequence)
        else "a mapping"
    )
    advice = f"give {describe(wanted)}"
    if not isinstance(node, Scalar) and takes_text(wanted):
        advice += "; put text with a colon, braces or brackets in quotes or after |"
    report.error(node.line, node.column, "value", f"{_at(key)}found {found}", advice)
    return _INVALID


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _at(key: str) -> str:
    return f"{key}: " if key else ""
