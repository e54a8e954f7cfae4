"""Strict documents: YAML or JSON from strangers becomes nodes with places, and nodes become typed values.

Why so strict: a lesson or network file comes from anyone, and its author deserves to be told every mistake
with its line and column. Parsing and converting raise on no input; what is wrong comes back as `Problem`s.
"""

from pathlib import Path

from acttutor.course.json_nodes import read_json
from acttutor.course.nodes import (
    MAX_BYTES,
    MAX_DEPTH,
    Entry,
    Mapping,
    Node,
    Problem,
    Report,
    Scalar,
    Sequence,
    Severity,
)
from acttutor.course.schema import convert
from acttutor.course.yaml_nodes import read_yaml
from acttutor.errors import UserError

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Entry",
    "Mapping",
    "Node",
    "Problem",
    "Scalar",
    "Sequence",
    "Severity",
    "convert",
    "decode",
    "parse_json",
    "parse_yaml",
    "read_bytes",
]


def parse_yaml(text: str, path: str, *, line: int = 1, column: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of one YAML document and all that is wrong; no tree when it cannot be read.

    `line` and `column` (1-based) say where the text begins in its file, as inside a markdown fence.
    """
    report = Report(path, [])
    return read_yaml(text, report, line, column), report.problems


def parse_json(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of one JSON document (RFC 8259) and all that is wrong; no tree when it cannot be read."""
    report = Report(path, [])
    return read_json(text, report), report.problems


def read_bytes(path: Path) -> bytes:
    """The file's bytes, at most one more than `MAX_BYTES`, so that an endless file ends here.

    Raises UserError when there is no readable file.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise UserError(reason, where=str(path), hint="give a file that can be read") from error


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The bytes as UTF-8 text, or the place of the first byte that is not, or that there are too many."""
    report = Report(path, [])
    if len(data) > MAX_BYTES:
        report.error(1, 1, "size", f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        return None, report.problems
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        report.error(
            line, column, "encoding", f"byte {data[error.start]:#04x} is not UTF-8", "save the file as UTF-8"
        )
        return None, report.problems
