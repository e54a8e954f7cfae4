"""Nothing on any screen is cut off at 80x24, in either language."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from acttutor.tui.widgets.page_view import PageView
from tests.tui.rooms import LESSON, lines, open_page, opened, press, tutor

SCROLLBAR = " ▁▂▃▄▅▆▇█▔▀"


def assert_whole(pilot: Pilot[None], place: str) -> None:
    """No widget reaches past the right edge, no line runs into it, and title and footer are not shortened."""
    screen = pilot.app.screen
    for widget in screen.walk_children():
        if widget.region.area and widget.is_on_screen:
            assert widget.region.right <= 80, (place, widget)
    shown = lines(pilot)
    assert len(shown) == 24
    for line in shown:
        assert cell_len(line) == 80, (place, line)
        assert line[-1] in SCROLLBAR, (place, line)
    assert "…" not in shown[0], (place, shown[0])
    assert "?" in shown[-1], (place, shown[-1])


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_line_of_any_page_is_cut_off(tmp_path: Path, language: str) -> None:
    app = tutor(tmp_path, language)
    async with opened(app) as pilot:
        assert_whole(pilot, "home")
        for page in app.course.lesson(LESSON).pages:
            await open_page(pilot, page.id)
            assert_whole(pilot, page.id)
            view = next(view for view in app.screen.query(PageView) if view.display)
            while view.scroll_offset.y < view.max_scroll_y:
                view.scroll_page_down(animate=False)
                await press(pilot, "f5")
                assert_whole(pilot, f"{page.id} at {view.scroll_offset.y}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_line_of_the_other_rooms_is_cut_off(tmp_path: Path, language: str) -> None:
    app = tutor(tmp_path, language, seed=3)
    async with opened(app) as pilot:
        await open_page(pilot, "what-helps")
        await press(pilot, "right")
        assert_whole(pilot, "the end of the lesson")
        for room in ("quiz", "simulator", "progress", "home"):
            app.go(room)
            await press(pilot, "f5")
            assert_whole(pilot, room)
