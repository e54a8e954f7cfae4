"""What the types of a schema want, in the words of messages and of the author's guide."""

from typing import Any

from msgspec import inspect

from acttutor.course.keys import FORMS

_SHOWN = 40


def describe(wanted: inspect.Type) -> str:
    """What a person would have to write for this type, in words."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.UnionType):
        members = [describe(member) for member in wanted.types if not isinstance(member, inspect.NoneType)]
        return " or ".join(dict.fromkeys(members))
    if isinstance(wanted, inspect.EnumType | inspect.LiteralType):
        choices = list(choices_of(wanted))
        return choices[0] if len(choices) == 1 else f"one of {', '.join(choices)}"
    if isinstance(wanted, inspect.IntType | inspect.FloatType):
        kind = "a whole number" if isinstance(wanted, inspect.IntType) else "a finite number"
        return f"{kind}{_bounds(wanted)}"
    if isinstance(wanted, inspect.TupleType):
        return f"a list of {len(wanted.item_types)} items"
    if isinstance(wanted, inspect.ListType | inspect.VarTupleType):
        return f"a list, each item {describe(wanted.item_type)}"
    if isinstance(wanted, inspect.StructType):
        required = [field.encode_name for field in wanted.fields if field.required]
        return f"a mapping with {', '.join(required)}" if required else "a mapping"
    if isinstance(wanted, inspect.StrType):
        if wanted.pattern is not None:
            return FORMS.get(wanted.pattern, f"a text of the form {wanted.pattern}")
        return "a text"
    return "true or false" if isinstance(wanted, inspect.BoolType) else "a mapping"


def takes_text(wanted: inspect.Type) -> bool:
    """Whether a text is among what the type allows, so that a list or mapping may be one without its quotes."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.UnionType):
        return any(map(takes_text, wanted.types))
    return isinstance(wanted, inspect.StrType)


def choices_of(wanted: inspect.EnumType | inspect.LiteralType) -> dict[str, Any]:
    """The values that a closed set allows, by how they are written."""
    if isinstance(wanted, inspect.EnumType):
        return {str(member.value): member for member in wanted.cls}
    return {str(value): value for value in wanted.values}


def _bounds(wanted: inspect.IntType | inspect.FloatType) -> str:
    signs = (("≥", wanted.ge), (">", wanted.gt), ("≤", wanted.le), ("<", wanted.lt))
    parts = [f"{sign} {bound}" for sign, bound in signs if bound is not None]
    return f" {' and '.join(parts)}" if parts else ""


def shortened(text: str) -> str:
    """A text from a file as a message quotes it: one line, not long."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHOWN else f"{one_line[: _SHOWN - 1]}…"
