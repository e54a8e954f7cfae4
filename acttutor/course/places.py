"""Trees of a file: the way through keys and indices to a line and column, and problems told there."""

from dataclasses import replace

from acttutor.course.document import Entry, Mapping, Node, Problem, Scalar, Sequence, Severity
from acttutor.course.text import clean
from acttutor.errors import UserError

Step = str | int


def node_at(node: Node | None, *steps: Step) -> Node | None:
    """The node at the end of the way, or None where the way breaks off."""
    for step in steps:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def place(node: Node | None, *steps: Step) -> tuple[int, int]:
    """Line and column at the end of the way, or of the last node on it that is there; 1, 1 for no node."""
    for end in range(len(steps), -1, -1):
        found = node_at(node, *steps[:end])
        if found is not None:
            return found.line, found.column
    return 1, 1


def clean_node(node: Node | None) -> Node | None:
    """The tree with every text clean: escapes such as `"\\e"` make characters that the file's text did not hold."""
    match node:
        case None:
            return None
        case Scalar():
            return _clean_scalar(node)
        case Sequence():
            return replace(
                node, items=tuple(item for item in map(clean_node, node.items) if item is not None)
            )
        case Mapping():
            pairs = ((_clean_scalar(entry.key), clean_node(entry.value)) for entry in node.entries)
            return replace(
                node, entries=tuple(Entry(key, value) for key, value in pairs if value is not None)
            )


def _clean_scalar(scalar: Scalar) -> Scalar:
    return replace(scalar, text=clean(scalar.text))


def error(path: str, at: tuple[int, int], code: str, message: str, suggestion: str = "") -> Problem:
    """An error at a line and column."""
    return Problem(path, *at, code, Severity.ERROR, message, suggestion)


def warning(path: str, at: tuple[int, int], code: str, message: str, suggestion: str = "") -> Problem:
    """A warning at a line and column: worth mending, but nothing is left out for it."""
    return Problem(path, *at, code, Severity.WARNING, message, suggestion)


def told(path: str, at: tuple[int, int], code: str, cause: UserError) -> Problem:
    """What a computation or a registry refused, at the place in the file that asked for it."""
    message = f"{cause.where}: {cause.message}" if cause.where else cause.message
    return error(path, at, code, message, cause.hint)
