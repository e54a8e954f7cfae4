"""A question on a slide: for a show of hands, with no way to answer and no answer given away."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from acttutor.course.generated import instance
from acttutor.course.model import Option, Question
from acttutor.course.questions import presented
from acttutor.errors import UserError
from acttutor.tui.widgets.answering import LETTERS
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.prose import Prose

SEED = 0
"""Everybody in the room sees the same numbers and the same order, on every machine."""


def slide_question(question: Question) -> Widget:
    """The question as it stands on a slide; where its numbers cannot be computed, what is wrong."""
    try:
        asked = instance(question, SEED)
    except UserError as error:
        return Prose(str(error))
    return SlideQuestion(asked, presented(asked, SEED))


class SlideQuestion(Vertical):
    """The prompt and the options by their letters."""

    DEFAULT_CSS = """
    SlideQuestion {
        height: auto;
        border-left: outer $primary;
        padding: 0 2;
        margin-bottom: 1;
        .option { margin-top: 1; }
    }
    """

    def __init__(self, question: Question, options: Sequence[Option]) -> None:
        super().__init__()
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        """The text."""
        yield Prose(inline_content(self._question.prompt.strip()))
        for letter, option in zip(LETTERS, self._options, strict=False):
            text = Content.assemble((f"{letter}  ", "bold $primary")) + inline_content(option.text.strip())
            yield Prose(text, classes="option")
