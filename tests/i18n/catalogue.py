"""Keeps the catalogues in step with the code: `python -m tests.i18n.catalogue` after a text has changed.

Extracts every text marked for translation, merges it into each catalogue, and compiles what is complete.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "acttutor" / "i18n" / "locales"
DOMAIN = "acttutor"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the header: a fixed one, so that the file changes only when a text does."""
SINGULAR = frozenset({"_", "N_", "gettext"})
PLURAL = frozenset({"n", "ngettext"})


def template() -> Catalog:
    """Every text in the code that is marked for translation, those inside f-strings too."""
    catalogue = Catalog(project="acttutor", charset="utf-8")
    for path in sorted((ROOT / "acttutor").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for message in sorted(_marked(ast.parse(path.read_text(encoding="utf-8"))), key=str):
            catalogue.add(message, locations=[(place, 1)])
    return catalogue


def _marked(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in SINGULAR and texts:
            yield texts[0]
        elif name in PLURAL and len(texts) == 2:
            yield texts[0], texts[1]


def po_path(language: str) -> Path:
    """The catalogue people edit."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is in the tree."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.name for path in LOCALES.iterdir() if path.is_dir()))


def update(language: str) -> Catalog:
    """Merge the code's texts into a catalogue and compile it."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = (
        read(language)
        if path.exists()
        else Catalog(locale=language, domain=DOMAIN, project="acttutor", charset="utf-8")
    )
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# The texts of acttutor in {language}."
    catalogue.fuzzy = False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
    path.write_bytes(buffer.getvalue())
    path.with_suffix(".mo").write_bytes(compiled(catalogue))
    return catalogue


if __name__ == "__main__":
    for name in languages() or ("zh",):
        result = update(name)
        missing = [message.id for message in result if message.id and not message.string]
        print(f"{name}: {len(result)} texts, {len(missing)} to translate")
