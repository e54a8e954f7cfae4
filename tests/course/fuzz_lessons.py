"""Mutates lesson files and lets the checker read them: it reports, it never raises.

Run it as `python -m tests.course.fuzz_lessons [HOW_MANY] [SEED]`; a test runs a part.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from acttutor.course.library import load_course, shipped_root
from acttutor.course.lint import check
from acttutor.course.model import Language
from acttutor.course.reading import plain_text
from acttutor.course.text import is_clean
from acttutor.errors import UserError
from tests.course.minimal import FILES

_SNIPPETS = (
    "```",
    "```quiz\n",
    "```plot\nid: x\n```\n",
    "~~~",
    "---\n",
    "## ",
    "{#",
    "}",
    "$$",
    "$",
    "\\frac{",
    "\\begin{cases}",
    "\\left(",
    "- ",
    "  ",
    "\t",
    ": ",
    "|",
    ">",
    "&a ",
    "*a",
    "!!python/object ",
    "<b>",
    "<!--",
    "[x](javascript:y)",
    "\x1b[2J",
    "\x1b]52;c;AAAA\x07",
    '"\\e[2J"',
    '"\\u202e"',
    "\u202e",
    "\x00",
    "\x9b31m",
    "\r",
    "\u2028",
    "\ufeff",
    "[@click=app.quit]x[/]",
    "null",
    "1e999",
    "nan",
    "-0",
    "💥",
    "é",
    "中文，",
    "\ud800",
    "{" * 30,
    "[" * 30,
    "9" * 400,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many mutants there were, how many had problems, and how many could still be read."""

    mutants: int
    reported: int
    read: int


def mutate(text: str, rng: random.Random) -> str:
    """The text with one to six things wrong in it."""
    for _ in range(rng.randint(1, 6)):
        lines = text.split("\n")
        start, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        match rng.randrange(9):
            case 0:
                text = text[:start] + rng.choice(_SNIPPETS) + text[start:]
            case 1:
                text = text[:start] + text[min(end, start + rng.randint(1, 40)) :]
            case 2:
                index = rng.randrange(len(lines))
                text = "\n".join(lines[:index] + lines[index + 1 :])
            case 3:
                index = rng.randrange(len(lines))
                text = "\n".join([*lines[:index], lines[index], *lines[index:]])
            case 4:
                index = rng.randrange(len(lines))
                lines[index] = " " * rng.randint(0, 9) + lines[index].lstrip()
                text = "\n".join(lines)
            case 5:
                rng.shuffle(lines)
                text = "\n".join(lines) if rng.random() < 0.1 else text
            case 6:
                text = (
                    text[:start]
                    + chr(rng.choice((rng.randrange(0x20), rng.randrange(0x3000))))
                    + text[start:]
                )
            case 7:
                index = rng.randrange(len(lines))
                key, colon, _ = lines[index].partition(":")
                lines[index] = f"{key}{colon} {rng.choice(_SNIPPETS)}"
                text = "\n".join(lines)
            case _:
                text = text[:end]
    return text


def sources() -> tuple[dict[str, str], ...]:
    """The courses to spoil: the small one and the shipped one."""
    shipped = shipped_root()
    real = {
        path.relative_to(shipped).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(shipped.rglob("*"))
        if path.suffix in (".md", ".yaml") and path.parent != shipped
    }
    course = (shipped / "course.yaml").read_text(encoding="utf-8")
    return (FILES, {"course.yaml": course, **real})


def mutants(how_many: int, seed: int) -> Iterator[dict[str, str]]:
    """Whole courses with one file spoilt; the shipped one is larger, so it comes less often."""
    rng = random.Random(seed)
    small, shipped = sources()
    for _ in range(how_many):
        files = dict(shipped if rng.random() < 0.1 else small)
        name = rng.choice(sorted(files))
        files[name] = mutate(files[name], rng)
        yield files


def run(how_many: int, seed: int) -> Outcome:
    """Checks every mutant in both ways, and reads what is left of it; any exception but UserError gets out."""
    reported = read = 0
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for number, files in enumerate(mutants(how_many, seed)):
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode("utf-8", "surrogatepass"))
            problems = check(root, static=number % 4 != 0)
            reported += bool(problems)
            if not all(is_clean(str(problem)) for problem in problems):
                raise AssertionError(
                    f"mutant {number} of seed {seed}: a problem quotes what steers a terminal"
                )
            read += _read(root, number, seed)
            for name in files:
                (root / name).unlink()
    return Outcome(how_many, reported, read)


def _read(root: Path, number: int, seed: int) -> bool:
    try:
        course = load_course(root, Language.EN if number % 2 else Language.ZH).course
    except UserError:
        return False
    for lesson in course.lessons:
        if not all(map(is_clean, (plain_text(lesson), *_texts(lesson)))):
            raise AssertionError(f"mutant {number} of seed {seed}: a lesson steers a terminal")
    return bool(course.lessons)


def _texts(thing: object) -> Iterator[str]:
    """Every text in a part of the model."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _texts(item)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _texts(getattr(thing, field.name))


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
