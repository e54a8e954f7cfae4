"""The author's guide to every key and every rule, printed from what the checker itself uses.

`lessons/README.md` holds the same between marks; `python -m acttutor.course.guide FILE` writes them anew.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import NODEFAULT, UNSET, Struct, inspect

from acttutor.course.blocks import BLOCK_KINDS, MATH, NOTE
from acttutor.course.course_keys import (
    CourseKeys,
    GlossaryKeys,
    LessonKeys,
    QuestionsKeys,
    SourceClaimsKeys,
)
from acttutor.course.lint_rules import CHAPTERS
from acttutor.course.network_schema import NetworkDocument
from acttutor.course.scaffolding import example
from acttutor.course.schema_words import describe

_FILE_PARTS: Final = (CourseKeys, GlossaryKeys, SourceClaimsKeys, LessonKeys, QuestionsKeys)
_MARKED: Final = re.compile(
    r"(?P<begin><!-- (?P<name>[a-z]+): begin[^>]*-->\n).*?(?P<end><!-- (?P=name): end -->)", re.DOTALL
)


def guide() -> str:
    """The author's guide to every key and every rule, as markdown."""
    return f"## Every key\n\n{keys_guide()}\n## What the checker reports\n\n{rules_guide()}"


def keys_guide() -> str:
    """One list of keys for each file part and block."""
    sections = [_section(_summary(keys), keys) for keys in _FILE_PARTS]
    sections += [_section(f"`{kind.name}`: {_summary(kind.keys)}", kind.keys) for kind in BLOCK_KINDS]
    sections.append(_section("`network` of a `sim` block, and a network file", NetworkDocument))
    sections.append(f"### `{MATH}`\n\nThe body is LaTeX: a formula, drawn in two dimensions.\n")
    sections.append(f"### `{NOTE}`\n\nThe body is markdown, for the leader of a workshop only.\n")
    return "\n".join(sections)


def rules_guide() -> str:
    """Every code of the checker, by chapter."""
    parts = []
    for chapter in CHAPTERS:
        parts.append(f"{chapter.title}:\n")
        parts.append("".join(f"- `{rule.code}`: {rule.says}\n" for rule in chapter.rules))
    return "\n".join(parts)


def example_guide() -> str:
    """The files of the example course, each in a fence under its name."""
    return "\n".join(f"`{name}`:\n\n````\n{text}````\n" for name, text in example())


def refreshed(text: str) -> str:
    """The text with the parts between `<!-- NAME: begin -->` and `<!-- NAME: end -->` written anew.

    Raises KeyError for a name that is none of keys, rules and example.
    """
    parts = {"keys": keys_guide, "rules": rules_guide, "example": example_guide}
    return _MARKED.sub(lambda found: f"{found['begin']}\n{parts[found['name']]()}\n{found['end']}", text)


def _section(title: str, keys: type[Struct]) -> str:
    return f"### {title}\n\n" + "\n".join(_rows(keys, 0)) + "\n"


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
        yield from _inside(inner, depth + 1)


def _inside(wanted: inspect.Type, depth: int) -> Iterator[str]:
    """The keys of what a key holds; where a tag chooses among mappings, the tag and then whose keys they are."""
    structs = _structs_in(wanted)
    tags = {str(member.tag): member for member in structs if member.tag is not None}
    if tags:
        tag = next(iter(tags.values())).tag_field
        yield f"{'  ' * depth}- `{tag}` (required): one of {', '.join(tags)}"
    for member in structs:
        for row in _rows(member.cls, depth):
            yield row.replace("): ", f"): of {member.tag}, ", 1) if member.tag is not None else row


def _default(value: object) -> str:
    if value is None or value is UNSET or value is NODEFAULT or value in ("", ()):
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


def _structs_in(wanted: inspect.Type) -> tuple[inspect.StructType, ...]:
    """The Structs a type is made of, through lists, mappings and unions, each once."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, inspect.StructType):
        return (wanted,)
    if isinstance(wanted, inspect.VarTupleType | inspect.ListType):
        return _structs_in(wanted.item_type)
    if isinstance(wanted, inspect.DictType):
        return _structs_in(wanted.value_type)
    if isinstance(wanted, inspect.UnionType):
        found = (struct for member in wanted.types for struct in _structs_in(member))
        return tuple({struct.cls: struct for struct in found}.values())
    return ()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(refreshed(Path(name).read_text(encoding="utf-8")), encoding="utf-8")
