"""A first course to start from: a folder that passes the checker, to be changed bit by bit."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from acttutor.course.keys import ID_PATTERN
from acttutor.errors import UserError

EXAMPLE_ID: Final = "first-lesson"
"""The id of the lesson in the example."""
_FILES: Final = (
    "course.yaml",
    "glossary.yaml",
    *(
        f"01-{EXAMPLE_ID}/{kind}.{language}.md"
        for kind in ("lesson", "questions")
        for language in ("en", "zh")
    ),
)
_LONGEST_ID: Final = 40  # so that every line that names a page still fits


def example(id: str = EXAMPLE_ID) -> Iterator[tuple[str, str]]:
    """The files of the example course, each with its name in the folder; its lesson is called `id`."""
    folder = files("acttutor.course") / "scaffold"
    for name in _FILES:
        text = folder.joinpath(*name.split("/")).read_text(encoding="utf-8")
        yield name.replace(EXAMPLE_ID, id), text.replace(EXAMPLE_ID, id)


def create(root: Path, id: str = EXAMPLE_ID) -> tuple[Path, ...]:
    """Write the example course into a folder that is new or empty, and tell which files were written.

    Raises UserError for an id that is none, a folder with content, and one that cannot be written.
    """
    if not re.search(ID_PATTERN, id) or len(id) > _LONGEST_ID:
        hint = f"use a-z, 0-9 and -, at most {_LONGEST_ID}"
        raise UserError(f"{id[:_LONGEST_ID]!r} is no id for a lesson", where="--id", hint=hint)
    written = []
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            reason = "this folder has content" if root.is_dir() else "this is no folder"
            raise UserError(reason, where=str(root), hint="name a folder that is new or empty")
        for name, text in example(id):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(path)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise UserError(reason, where=str(error.filename or root), hint="name another folder") from error
    return tuple(written)
