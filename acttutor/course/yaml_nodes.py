"""YAML from strangers, read as events: no tags, anchors, aliases, merge keys; scalars are texts with places.

Events rather than PyYAML's own tree, since that is built by recursion and resolves aliases, and a file should
neither exhaust the stack nor grow in memory. YAML 1.1 (https://yaml.org/spec/1.1/) as PyYAML reads it.

Where PyYAML was built with libyaml, that reads ten times as fast. It is asked first, and PyYAML's own scanner has the
last word: about every error, since its messages are the ones we explain, and about texts in which the two
would disagree on a place or on what is an error (`_DISPUTED`).
"""

import re
from dataclasses import dataclass, field
from typing import Final

import yaml

from acttutor.course.nodes import (
    MAX_DEPTH,
    Node,
    Report,
    Scalar,
    Sequence,
    build_mapping,
    check_scalar,
    check_text,
    too_deep,
)
from acttutor.course.yaml_errors import Mark, report_syntax

# Tabs between words, document markers and directives, `?` keys, comments behind `|`, empty values in brackets.
_DISPUTED: Final = re.compile(
    r"\t|^(?:---|\.\.\.|%)|(?<![^\s\[{,-])\?|[|>][-+0-9]*#|:\s*[\]},]", re.MULTILINE
)
_FAST: Final[type[yaml.SafeLoader] | None] = getattr(yaml, "CSafeLoader", None)


class _UnusableError(Exception):
    """Reading cannot go on; the problem has been reported."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not ended; in a mapping keys and values alternate."""

    event: yaml.CollectionStartEvent
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Builder:
    """Turns the events of one document into a tree."""

    report: Report
    line: int
    column: int
    open: list[_Open] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0

    def place(self, mark: Mark | None) -> tuple[int, int]:
        """The 1-based place in the file of a mark in the text; the beginning where PyYAML has no mark."""
        return (self.line + mark.line, self.column + mark.column) if mark else (self.line, self.column)

    def take(self, event: yaml.Event) -> None:
        """Handle one event."""
        place = self.place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report.error(
                    *place, "documents", "a second document begins here", "keep to one document"
                )
                raise _UnusableError
        elif isinstance(event, yaml.AliasEvent):
            self.report.error(
                *place,
                "alias",
                f"*{event.anchor}: aliases are not allowed",
                "write the value out; text that begins with * needs quotes",
            )
            raise _UnusableError
        elif isinstance(event, yaml.NodeEvent):
            self._begin(event, place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _begin(self, event: yaml.NodeEvent, place: tuple[int, int]) -> None:
        if event.anchor is not None:
            self.report.error(
                *place,
                "anchor",
                f"&{event.anchor}: anchors are not allowed",
                "leave it out; text that begins with & needs quotes",
            )
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self.report.error(
                *place,
                "tag",
                f"{event.tag}: tags are not allowed",
                "leave it out; text that begins with ! needs quotes",
            )
        if isinstance(event, yaml.ScalarEvent):
            self._place_node(check_scalar(Scalar(event.value, *place, quoted=bool(event.style)), self.report))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                too_deep(self.report, *place)
                raise _UnusableError
            self.open.append(_Open(event))

    def _end(self) -> None:
        done = self.open.pop()
        place = self.place(done.event.start_mark)
        children = done.children
        if isinstance(done.event, yaml.MappingStartEvent):
            self._place_node(
                build_mapping(zip(children[::2], children[1::2], strict=True), *place, self.report)
            )
        else:
            self._place_node(Sequence(tuple(children), *place))

    def _place_node(self, node: Node) -> None:
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node


def read_yaml(text: str, report: Report, line: int, column: int) -> Node | None:
    """The tree of a YAML text, or None when it cannot be read; problems go into the report. Never raises."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not check_text(text, report, line, column):
        return None
    if _FAST is not None and text.endswith("\n") and not _DISPUTED.search(text):
        before = len(report.problems)
        try:
            return _tree(text, _FAST, _Builder(report, line, column))
        except (yaml.YAMLError, ValueError, OverflowError):
            del report.problems[before:]
    builder = _Builder(report, line, column)
    try:
        return _tree(text, yaml.SafeLoader, builder)
    except yaml.MarkedYAMLError as error:
        report_syntax(error, text, report, builder.place)
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML hands some escapes and directives to chr() and int(), whose complaints carry no place.
        report.error(
            line, column, "syntax", f"an escape or directive in here is wrong: {' '.join(str(error).split())}"
        )
        return None


def _tree(text: str, loader: type[yaml.SafeLoader], builder: _Builder) -> Node | None:
    """The tree of a text as one of PyYAML's scanners reads it; raises what they raise."""
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _UnusableError:
        return None
    if builder.root is None:
        builder.report.error(builder.line, builder.column, "empty", "there is nothing here")
    return builder.root
