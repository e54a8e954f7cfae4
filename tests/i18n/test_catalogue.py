"""Every text is translated, and what the program reads is what people edited."""

from io import BytesIO
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from tests.i18n import catalogue


def _texts(messages: Catalog) -> dict[str, Message]:
    return {str(message.id): message for message in messages if message.id}


def _told(messages: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_all(message.id): _all(message.string) for message in messages if message.id}


def _all(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def template() -> dict[str, Message]:
    return _texts(catalogue.template())


def test_there_is_a_chinese_catalogue() -> None:
    assert "zh" in catalogue.languages()


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_text_of_the_code_is_in_the_catalogue_and_no_other(
    language: str, template: dict[str, Message]
) -> None:
    texts = _texts(catalogue.read(language))
    assert sorted(template.keys() - texts.keys()) == []
    assert sorted(texts.keys() - template.keys()) == []


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_text_is_translated_and_certain(language: str) -> None:
    texts = _texts(catalogue.read(language)).values()
    untranslated = [message.id for message in texts if not message.string or not any(message.string)]
    assert untranslated == []
    assert [message.id for message in texts if message.fuzzy] == []


@pytest.mark.parametrize("language", catalogue.languages())
def test_translations_name_the_same_fields(language: str) -> None:
    for message in _texts(catalogue.read(language)).values():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set().union(*(_fields(text) for text in ids))
        for string in strings:
            assert _fields(string) == wanted, message.id


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_compiled_catalogue_is_not_stale(language: str) -> None:
    edited = catalogue.read(language)
    compiled = read_mo(BytesIO(catalogue.po_path(language).with_suffix(".mo").read_bytes()))
    assert _told(compiled) == _told(edited)
