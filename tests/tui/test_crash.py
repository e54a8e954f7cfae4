"""An error nobody foresaw: a file for the report, one friendly screen, nothing lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from acttutor.i18n import translator
from acttutor.learner.events import PageRead
from acttutor.tui.crash import Crash, CrashScreenApp, message_lines, write_crash
from tests.tui.rooms import LESSON, opened, saved_progress, tutor

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def _failing() -> None:
    raise RuntimeError("the wheel came off")


async def test_an_unforeseen_error_leaves_a_report_and_what_was_recorded(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    with pytest.raises(RuntimeError, match="wheel"):  # noqa: PT012 - the app raises when it is closed
        async with opened(app) as pilot:
            app.record(PageRead(lesson=LESSON, page="signpost"))
            app.call_later(_failing)
            await pilot.pause()
    app.store.close()
    assert app.crash is not None
    assert app.crash.path is not None
    report = app.crash.path.read_text(encoding="utf-8")
    assert "RuntimeError: the wheel came off" in report
    assert "_failing" in report
    assert saved_progress(tmp_path).pages_read(LESSON) == {"signpost"}


def test_a_report_that_fits_nowhere_near_the_data_goes_to_the_temporary_folder(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    crash = write_crash(blocked / "data", ValueError("x"), NOW)
    assert crash.path is not None
    assert "ValueError: x" in crash.path.read_text(encoding="utf-8")
    crash.path.unlink()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_words_name_the_report(language: str, tmp_path: Path) -> None:
    crash = Crash("ValueError: x", tmp_path / "report.txt")
    assert str(tmp_path / "report.txt") in "\n".join(message_lines(crash, translator(language)))


@pytest.mark.parametrize(("key", "again"), [("enter", True), ("q", False), ("escape", False)])
async def test_the_friendly_screen_starts_again_or_leaves(key: str, again: bool, tmp_path: Path) -> None:
    app = CrashScreenApp(Crash("ValueError: [bold]x", tmp_path / "report.txt"), translator("en"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[bold]x" in str(app.query_one("#message").render())
        await pilot.press(key)
    assert app.return_value is again
