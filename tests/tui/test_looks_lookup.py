"""What looking something up and presenting look like, on the small course; see test_looks."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.course.minimal import write_course
from tests.tui.rooms import open_page, press, settle, tutor

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="pictures are taken on Python 3.11")

Compare = Callable[..., bool]


def _at(page: str, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await open_page(pilot, page, "slopes")
        await press(pilot, *keys)

    return go


def test_a_term_over_a_page(snap_compare: Compare, tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=_at("second", "k", "down", "enter"))


def test_the_glossary_on_a_wide_screen(snap_compare: Compare, tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", "zh", lessons=write_course(tmp_path / "course"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=_at("first", "G", "down"))


def test_results_of_a_search(snap_compare: Compare, tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=_at("first", "slash", *"slope"))


def test_a_slide_with_its_notes(snap_compare: Compare, tmp_path: Path) -> None:
    app = tutor(tmp_path / "data", lessons=write_course(tmp_path / "course"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=_at("first", "P", "n"))
