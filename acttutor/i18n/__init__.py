"""Translations: English is the text in the code, every other language is a gettext catalogue."""

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "zh")
DOMAIN = "acttutor"


@dataclass(frozen=True)
class Translator:
    """One language's words; handed to whoever speaks to a person."""

    language: str
    catalogue: gettext.NullTranslations

    def gettext(self, message: str) -> str:
        """The message in this language, or unchanged where the catalogue lacks it."""
        return self.catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The message for `n` things in this language."""
        return self.catalogue.ngettext(singular, plural, n)


@cache
def translator(language: str) -> Translator:
    """The translator of a language; one without a catalogue speaks English."""
    if language == "en":
        return Translator(language, gettext.NullTranslations())
    return Translator(language, gettext.translation(DOMAIN, LOCALES, [language], fallback=True))


def language_from_environment(environ: dict[str, str]) -> str:
    """`zh` when LC_ALL, LC_MESSAGES or LANG (the first one set) begins with zh, else `en`."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
