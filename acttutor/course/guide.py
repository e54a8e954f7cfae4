"""The author's guide to every key of a course, printed from the Structs that the checker uses."""

from collections.abc import Iterator

from msgspec import NODEFAULT, UNSET, Struct, inspect

from acttutor.course.blocks import BLOCK_KINDS, MATH, CourseKeys, LessonKeys, QuestionsKeys
from acttutor.course.schema import describe


def guide() -> str:
    """The author's guide to every key, as markdown: one list for each file part and block."""
    parts = (CourseKeys, LessonKeys, QuestionsKeys)
    sections = [_section(_summary(keys), keys) for keys in parts]
    sections += [_section(f"`{kind.name}`: {_summary(kind.keys)}", kind.keys) for kind in BLOCK_KINDS]
    sections.append(f"## `{MATH}`\n\nThe body is LaTeX: a formula, drawn in two dimensions.\n")
    return "\n".join(sections)


def _section(title: str, keys: type[Struct]) -> str:
    return f"## {title}\n\n" + "\n".join(_rows(keys, 0)) + "\n"


def _summary(keys: type[Struct]) -> str:
    return (keys.__doc__ or "").splitlines()[0].rstrip(".")


def _rows(keys: type[Struct], depth: int) -> Iterator[str]:
    info = inspect.type_info(keys)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        description, inner = _described(field.type)
        what = describe(inner) if description == "" else f"{description} ({describe(inner)})"
        need = "required" if field.required else _default(field.default)
        yield f"{'  ' * depth}- `{field.encode_name}` ({need}): {what}"
        nested = _struct_in(inner)
        if nested is not None:
            yield from _rows(nested, depth + 1)


def _default(value: object) -> str:
    if value is UNSET or value is NODEFAULT or value in ("", ()):
        return "optional"
    return f"default {str(value).lower() if isinstance(value, bool) else value}"


def _described(wanted: inspect.Type) -> tuple[str, inspect.Type]:
    """The description of a key and its type without that wrapping."""
    description = ""
    while isinstance(wanted, inspect.Metadata):
        extra = wanted.extra_json_schema or {}
        description = str(extra.get("description", description))
        wanted = wanted.type
    return description, wanted


def _struct_in(wanted: inspect.Type) -> type[Struct] | None:
    """The Struct a type is made of, through lists and unions."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.StructType):
        return wanted.cls
    if isinstance(wanted, inspect.VarTupleType):
        return _struct_in(wanted.item_type)
    if isinstance(wanted, inspect.UnionType):
        return next((found for member in wanted.types if (found := _struct_in(member))), None)
    return None
