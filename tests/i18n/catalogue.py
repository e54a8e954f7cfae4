"""Keeps the catalogues in step with the code: `python -m tests.i18n.catalogue` after a text has changed.

Extracts every text marked for translation, merges it into each catalogue, and compiles what is complete.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "acttutor" / "i18n" / "locales"
DOMAIN = "acttutor"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the header: a fixed one, so that the file changes only when a text does."""
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "n": (1, 2),
    "ngettext": (1, 2),
}


def template() -> Catalog:
    """Every text in the code that is marked for translation."""
    catalogue = Catalog(project="acttutor", charset="utf-8")
    found = extract_from_dir(ROOT / "acttutor", method_map=[("**.py", "python")], keywords=KEYWORDS)
    for filename, _line, message, _comments, context in found:
        catalogue.add(message, locations=[(f"acttutor/{filename}", 1)], context=context)
    return catalogue


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
