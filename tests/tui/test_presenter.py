"""Presenting: slides are turned, notes shown on request, pictures large, nothing recorded."""

from pathlib import Path

import pytest

from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.lesson import LessonScreen
from acttutor.tui.screens.presenter import PresenterScreen
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.plot import PlotView
from acttutor.tui.widgets.question_view import QuestionView
from tests.course.minimal import FILES, write_course
from tests.tui.rooms import lines, open_page, opened, press, text, tutor

QUIZ = """\
```quiz
id: on-the-slide
type: choice
concept: slope
prompt: Which is right?
options:
  - id: yes-option
    correct: true
    text: The first of all
    why: A secret reason.
  - id: no-option
    text: The second of all
    why: Another secret.
    misconception: too-steep
```

"""


def small(tmp_path: Path, *, first: str = "", language: str = "en") -> ActtutorApp:
    """The app on the small course, with something more at the top of its first page."""
    files = dict(FILES)
    for name in ("01-slopes/lesson.en.md", "01-slopes/lesson.zh.md"):
        head, heading, rest = FILES[name].partition("{#first}\n\n")
        files[name] = f"{head}{heading}{first}{rest}"
    return tutor(tmp_path / "data", language, lessons=write_course(tmp_path / "course", files))


@pytest.mark.parametrize(
    ("on", "back"), [("right", "left"), ("pagedown", "pageup"), ("pagedown", "left"), ("right", "pageup")]
)
async def test_keys_turn_slides_and_the_number_says_which(tmp_path: Path, on: str, back: str) -> None:
    async with opened(small(tmp_path)) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P")
        assert isinstance(pilot.app.screen, PresenterScreen)
        assert "1 / 2" in lines(pilot)[-1]
        await press(pilot, on)
        assert "2 / 2" in lines(pilot)[-1]
        assert "The second page" in text(pilot)
        await press(pilot, on)
        assert "2 / 2" in lines(pilot)[-1]
        await press(pilot, back)
        assert "1 / 2" in lines(pilot)[-1]


async def test_space_reads_a_long_slide_to_its_end_before_it_turns(tmp_path: Path) -> None:
    app = small(tmp_path, first="".join(f"Paragraph {n}.\n\n" for n in range(30)))
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P")
        presses = 0
        while "1 / 2" in lines(pilot)[-1]:
            assert ("more below" in lines(pilot)[-1]) is ("The slope never exceeds" not in text(pilot))
            await press(pilot, "space")
            presses += 1
            assert presses < 20
        assert presses > 3


async def test_a_slide_that_fits_is_turned_by_space(tmp_path: Path) -> None:
    async with opened(small(tmp_path), (160, 50)) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P")
        assert "more below" not in lines(pilot)[-1]
        await press(pilot, "space")
        assert "2 / 2" in lines(pilot)[-1]


async def test_notes_are_shown_on_request_only_and_follow_the_slide(tmp_path: Path) -> None:
    async with opened(small(tmp_path)) as pilot:
        await open_page(pilot, "first", "slopes")
        assert "guess first" not in text(pilot)
        await press(pilot, "P")
        assert "guess first" not in text(pilot)
        await press(pilot, "n")
        assert "Let them guess first." in text(pilot)
        await press(pilot, "right")
        assert "No notes on this page." in text(pilot)
        await press(pilot, "n")
        assert "No notes" not in text(pilot)


async def test_a_question_is_shown_for_a_show_of_hands_and_cannot_be_answered(tmp_path: Path) -> None:
    app = small(tmp_path, first=QUIZ)
    async with opened(app, (80, 40)) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P")
        shown = text(pilot)
        assert "Which is right?" in shown
        assert "The first of all" in shown
        assert "secret" not in shown
        assert not app.screen.query(QuestionView)
        await press(pilot, "tab", "a", "3", "enter")
        assert "secret" not in text(pilot)


async def test_nothing_that_is_presented_is_recorded(tmp_path: Path) -> None:
    app = small(tmp_path, first=QUIZ)
    async with opened(app) as pilot:
        await open_page(pilot, "first", "slopes")
        before = len(app.store.records())
        await press(pilot, "P", "right", "tab", "tab", *"0.25", "enter", "escape", "left", "space", "n")
        await press(pilot, "escape")
        assert isinstance(app.screen, LessonScreen)
        assert len(app.store.records()) == before
        assert app.progress.predictions == {}
        assert "page 1 of 2" in text(pilot)


async def test_a_prediction_is_open_again_for_every_audience(tmp_path: Path) -> None:
    async with opened(small(tmp_path), (100, 60)) as pilot:
        await open_page(pilot, "second", "slopes")
        guess = pilot.app.screen.query_one("#guess")
        guess.focus()
        await press(pilot, *"0.25", "enter", "escape")
        assert "computed now" in text(pilot)
        await press(pilot, "P")
        assert "your guess" in text(pilot)
        assert "computed now" not in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_pictures_are_taller_than_on_the_page(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(small(tmp_path), size) as pilot:
        await open_page(pilot, "first", "slopes")
        on_page = pilot.app.screen.query(PlotView).first().size.height
        await press(pilot, "P")
        on_slide = pilot.app.screen.query(PlotView).first().size.height
        assert on_slide > on_page
        assert on_slide <= size[1] - 2


async def test_a_live_part_takes_the_keys_and_escape_gives_them_back_before_it_leaves(tmp_path: Path) -> None:
    async with opened(small(tmp_path)) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P", "tab")
        assert isinstance(pilot.app.focused, PlotView)
        await press(pilot, "right")
        assert "1 / 2" in lines(pilot)[-1]
        await press(pilot, "escape")
        assert isinstance(pilot.app.focused, PageView)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_a_slide_speaks_the_other_language_in_place(tmp_path: Path) -> None:
    async with opened(small(tmp_path)) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P", "right", "n", "L")
        assert "第二页" in text(pilot)
        assert "2 / 2" in lines(pilot)[-1]
        await press(pilot, "left")
        assert "先让大家猜一猜。" in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_no_line_of_a_slide_runs_into_the_edge(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(small(tmp_path, first=QUIZ), size) as pilot:
        await open_page(pilot, "first", "slopes")
        await press(pilot, "P")
        for _ in range(2):
            shown = lines(pilot)
            assert len(shown) == size[1]
            assert all(line[-1] == " " for line in shown)
            await press(pilot, "right")
