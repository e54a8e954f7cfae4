"""Network files: a YAML or JSON document becomes a network with its first parameters, its data, its training.

One schema for the command line, the simulator and `sim` blocks in lessons (`network_schema`).
"""

from bisect import bisect_right
from dataclasses import replace
from pathlib import Path

from acttutor.course.document import (
    Mapping,
    Node,
    Problem,
    convert,
    decode,
    parse_json,
    parse_yaml,
    read_bytes,
)
from acttutor.course.network_builder import Builder
from acttutor.course.network_schema import (
    Adam,
    Compat,
    Generated,
    Momentum,
    NetworkDocument,
    Optimizer,
    Sgd,
)
from acttutor.course.network_spec import NetworkFile, Training
from acttutor.course.nodes import Report
from acttutor.errors import UserError
from acttutor.nn.training_plan import Accumulate

__all__ = [
    "Accumulate",
    "Adam",
    "Compat",
    "Generated",
    "Momentum",
    "NetworkFile",
    "NetworkFileError",
    "Optimizer",
    "Sgd",
    "Training",
    "from_node",
    "load",
]


class NetworkFileError(UserError):
    """A file that is no network; `problems` has all that is wrong with it, the message is the first."""

    def __init__(self, problems: list[Problem]) -> None:
        more = f"and {len(problems) - 1} more problems" if len(problems) > 1 else ""
        super().__init__(str(problems[0]), hint=more)
        self.problems = tuple(problems)


def load(path: Path) -> NetworkFile:
    """The network in a `.yaml`, `.yml` or `.json` file.

    Raises NetworkFileError with every problem, each at its line and column, and UserError for a file that
    cannot be read or has another suffix.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".json"):
        raise UserError(
            f"{suffix or 'no suffix'} is no suffix of a network file",
            where=str(path),
            hint="name it .yaml, .yml or .json",
        )
    text, problems = decode(read_bytes(path), str(path))
    node = None
    if text is not None:
        node, problems = parse_json(text, str(path)) if suffix == ".json" else parse_yaml(text, str(path))
    network = None
    if node is not None:
        network, found = from_node(node, str(path))
        problems += found
    if network is None or problems:
        raise NetworkFileError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return network


def from_node(node: Node, path: str, key: str = "") -> tuple[NetworkFile | None, list[Problem]]:
    """The network that a parsed document, or a `sim` block's `network`, describes, and all that is wrong.

    `path` is the file for messages, `key` what the node belongs to in it.
    """
    document, problems = convert(node, NetworkDocument, path, key)
    if document is None and isinstance(node, Mapping):
        document, _ = convert(_sound(node, problems), NetworkDocument, path, key)
    if document is None:
        return None, problems
    builder = Builder(node, document, Report(path, []), f"{key}." if key else "")
    network = builder.build()
    return None if problems else network, problems + builder.report.problems


def _sound(node: Mapping, problems: list[Problem]) -> Mapping:
    """The mapping without the keys that have a problem, so that what is left can be checked too."""
    starts = [(entry.key.line, entry.key.column) for entry in node.entries]
    broken = {bisect_right(starts, (problem.line, problem.column)) - 1 for problem in problems}
    return replace(node, entries=tuple(e for place, e in enumerate(node.entries) if place not in broken))
