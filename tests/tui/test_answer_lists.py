"""Every option of an answered question stands on the screen, whichever was chosen."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from acttutor.course.library import load_course
from acttutor.course.model import Language
from acttutor.course.questions import ChoiceResponse
from acttutor.i18n import translator
from acttutor.tui.widgets.option_answer import OptionAnswer
from acttutor.tui.widgets.question_view import QuestionView
from tests.tui.rooms import settle

QUESTION = "bp-sum-loss"
"""One of its options ends at the very edge of the column: a scroll bar beside it would make it wrap once more."""


class _Column(App[None]):
    def __init__(self, order: tuple[int, ...]) -> None:
        super().__init__()
        question = load_course(None, Language.EN).course.question(QUESTION)
        self.view = QuestionView(
            question, [question.options[at] for at in order], translator("en"), place="here"
        )

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield self.view


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
@pytest.mark.parametrize("width", range(70, 84))
async def test_no_option_is_cut_off_at_any_width(order: tuple[int, ...], width: int, tmp_path: Path) -> None:
    app = _Column(order)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        answer = app.view.answer
        assert isinstance(answer, OptionAnswer)
        answer.choose(0)
        await settle(pilot)
        assert isinstance(answer.response(), ChoiceResponse)
        assert answer.max_scroll_y == 0
        assert answer.virtual_size.height == answer.size.height
