"""An export holds everything, an import adds it once, and a bad file changes nothing."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.learner import transfer
from acttutor.learner.events import Record
from acttutor.learner.store import open_store

from .samples import NOON, answered, events, histories, recorded


@given(histories)
def test_what_was_exported_is_what_is_imported(history: tuple[Record, ...]) -> None:
    assert transfer.parse(transfer.dump(history, NOON), "file") == history


@settings(max_examples=15)
@given(st.lists(events, max_size=8), st.lists(events, max_size=8))
def test_merging_two_machines_gives_the_same_in_any_order(one: list, two: list) -> None:
    first, second = recorded(one, seed=1), recorded(two, seed=2)
    with tempfile.TemporaryDirectory() as name:
        here, there = Path(name) / "here", Path(name) / "there"
        with open_store(here, NOON) as a, open_store(there, NOON) as b:
            for part in (first, second, first):
                a.merge(transfer.parse(transfer.dump(part, NOON), "file"))
            for part in (second, first):
                b.merge(transfer.parse(transfer.dump(part, NOON), "file"))
            assert a.records() == b.records()
            assert set(a.records()) == set(first + second)


@given(st.binary(max_size=200))
def test_no_file_whatever_is_more_than_one_clear_error(data: bytes) -> None:
    with pytest.raises(UserError, match=r"^file"):
        transfer.parse(data, "file")


@given(histories.filter(bool), st.data())
def test_a_cut_export_is_refused_or_was_whole_already(
    history: tuple[Record, ...], data: st.DataObject
) -> None:
    whole = transfer.dump(history, NOON)
    place = data.draw(st.integers(0, len(whole) - 2))
    with suppress(UserError):
        assert transfer.parse(whole[:place], "file") == history


GOOD = transfer.dump(recorded([answered()]), NOON).decode()
HEADER, LINE = GOOD.splitlines()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("hello", "not an export"),
        ('{"format":"other","version":1,"events":0,"exported":"2026-01-01T00:00:00Z"}', "not an export"),
        (HEADER.replace('"version":1', '"version":2'), "version 2"),
        (HEADER, "cut off"),
        (GOOD + "nonsense\n", "file:3"),
        (GOOD.replace('"correct":true', '"correct":"yes"'), "correct"),
        (GOOD.replace('"kind":"answered"', '"kind":"unheard-of"'), "unheard-of"),
        (GOOD.replace('{"id":"0', '{"id":"U'), "no id"),
        (GOOD.replace("12:00:00Z", "12:00:00"), "zone"),
        (GOOD.replace('"question":"q1"', '"question":"\\u001b[31m"'), "control"),
        (GOOD.replace('"seconds":0.0', '"seconds":-1'), "seconds"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_where(text: str, says: str) -> None:
    assert text != GOOD
    with pytest.raises(UserError, match=says):
        transfer.parse(text.encode(), "file")


def test_an_export_is_written_whole_and_replaces_nothing_unasked(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    first, second = recorded([answered("1")]), recorded([answered("2"), answered("3")])
    assert transfer.write(file, first, NOON) == 1
    with pytest.raises(UserError, match="--force"):
        transfer.write(file, second, NOON)
    assert transfer.read(file) == first
    transfer.write(file, second, NOON, force=True)
    assert transfer.read(file) == second
    assert list(tmp_path.iterdir()) == [file]


def test_places_that_cannot_be_written_or_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "no" / "where", tmp_path / "file" / "inside"):
        with pytest.raises(UserError):
            transfer.write(path, (), NOON)
        with pytest.raises(UserError):
            transfer.read(path)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_outside_the_calendar_is_one_clear_error(at: str) -> None:
    data = transfer.dump(recorded([answered()]), NOON).decode()
    header, line = data.splitlines()
    start = line.index('"at":"') + len('"at":"')
    moved = line[:start] + at + line[line.index('"', start) :]
    with pytest.raises(UserError, match="outside the calendar"):
        transfer.parse(f"{header}\n{moved}\n".encode(), "events.jsonl")
