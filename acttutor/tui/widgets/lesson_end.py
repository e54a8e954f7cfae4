"""Behind a lesson's last page: what to do now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from acttutor.i18n import Translator
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from acttutor.course.model import Course, Lesson


class LessonEnd(Vertical):
    """The lesson's aims once more, then its questions, the next lesson, or home."""

    DEFAULT_CSS = """
    LessonEnd {
        padding: 1 2;
        Prose { max-width: 76; margin-bottom: 1; }
        OptionList { max-width: 76; }
    }
    """

    @dataclass
    class Chosen(Message):
        """`quiz`, `again`, `home`, or the id of the next lesson."""

        choice: str

    def __init__(self, course: "Course", lesson: "Lesson", translator: Translator, *, id: str) -> None:
        super().__init__(id=id)
        self._course = course
        self._lesson = lesson
        self._translator = translator
        self._choices: list[str] = []

    def compose(self) -> ComposeResult:
        """What you can do now, and what comes next."""
        _, n = self._translator.gettext, self._translator.ngettext
        yield Prose(Content.styled(_("You have read this lesson. Can you now …"), "bold"))
        yield Prose(Content("\n").join(Content(f"• {objective}") for objective in self._lesson.objectives))
        count = len(self._lesson.questions)
        lines: list[Content] = []
        if count:
            text = n("Find out: {n} question", "Find out: {n} questions", count).format(n=count)
            self._offer(lines, "quiz", text)
        following = next(
            (other for other in self._course.lessons if other.number > self._lesson.number), None
        )
        if following is not None:
            self._offer(lines, following.id, _("Next lesson: {title}").format(title=following.title))
        self._offer(lines, "again", _("Read it again"))
        self._offer(lines, "home", _("Home"))
        yield ChoiceList(lines)

    def _offer(self, lines: list[Content], choice: str, text: str) -> None:
        self._choices.append(choice)
        lines.append(Content(text))

    def focus_first(self) -> None:
        """Put the cursor on the first choice."""
        options = self.query_one(ChoiceList)
        options.highlighted = 0
        options.focus()

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._choices[event.option_index]))
