"""What the rooms look like, compared with pictures looked at before; `pytest --snapshot-update` takes new ones.

Taken on one Python, since drawing libraries differ in the last digit elsewhere.
"""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.rooms import open_page, press, settle, tutor

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="pictures are taken on Python 3.11")

SIZES = ((80, 24), (120, 40))
Compare = Callable[..., bool]


def _at(page: str, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)
        if page:
            await open_page(pilot, page)
        await press(pilot, *keys)

    return go


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_home_on_the_first_start(
    snap_compare: Compare, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    assert snap_compare(tutor(tmp_path, language), terminal_size=size, run_before=_at(""))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_with_a_plot(
    snap_compare: Compare, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    assert snap_compare(tutor(tmp_path, language), terminal_size=size, run_before=_at("sigmoid-slope"))


def test_a_page_in_light_colours(snap_compare: Compare, tmp_path: Path) -> None:
    app = tutor(tmp_path)
    app.theme = "acttutor-light"
    assert snap_compare(app, terminal_size=(80, 24), run_before=_at("sigmoid-slope"))


def test_a_question_answered(snap_compare: Compare, tmp_path: Path) -> None:
    assert snap_compare(tutor(tmp_path), terminal_size=(80, 24), run_before=_at("signpost", "tab", "a", "2"))


@pytest.mark.parametrize("size", SIZES)
def test_the_simulator_in_the_middle_of_a_step(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = tutor(tmp_path, start="simulator")
    assert snap_compare(app, terminal_size=size, run_before=_at("", *["right"] * 12))
