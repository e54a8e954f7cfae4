"""A lesson: one page at a time, its neighbours mounted while nobody is waiting."""

import gc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from acttutor.course.model import Lesson, SimBlock
from acttutor.i18n.marks import N_
from acttutor.learner.events import PageRead, PredictionLocked
from acttutor.learner.progress import Position
from acttutor.tui.page_questions import PageQuestions
from acttutor.tui.screens.lesson_place import LessonPlace
from acttutor.tui.screens.trial_room import TrialRoom
from acttutor.tui.widgets.blocks import BlockMaker
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.lesson_end import LessonEnd
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.pages import Pages, page_id
from acttutor.tui.widgets.predict_view import PredictView
from acttutor.tui.widgets.preview_line import PreviewLine
from acttutor.tui.widgets.question_view import QuestionView
from acttutor.tui.widgets.sim_block import SimBlockView

if TYPE_CHECKING:
    from textual.widget import Widget


class LessonScreen(LessonPlace, TrialRoom):
    """Reads like a book: right and left turn the page, up and down move on it, tab walks its live parts."""

    CSS_PATH = "../lesson.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,pageup", "turn(-1)", N_("page back"), show=False),
        Binding("right,pagedown", "turn(1)", N_("turn pages"), key_display="← →"),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("space", "read_on", N_("read on"), show=False),
        Binding("tab", "app.focus_next", N_("live parts"), key_display="tab"),
        Binding("o", "contents", N_("contents")),
        Binding("slash", "app.look_up('search')", N_("search"), key_display="/"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._contents_open = False
        self._questions = PageQuestions()

    def help_text(self) -> str:
        """How reading works."""
        _ = self.translator.gettext
        return _(
            "Left and right (or page up and page down) turn pages, up and down move on the page, space does "
            "both. Tab goes to the page's live parts: curves, claims, predictions, questions; esc comes back. "
            "A link opens with a click, or from the list that k shows; backspace leads back to where it stood."
        )

    # composing ---------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        """Contents at the left, the page at the right; what is wrong in the files, while they are written, above."""
        if self.tutor.preview is not None:
            yield PreviewLine(id="preview")
        with Horizontal(id="lesson"):
            yield ChoiceList(id="contents")
            yield Pages(id="pages")

    def on_mount(self) -> None:
        """Show the page."""
        self.tutor.course_signal.subscribe(self, self._course_news)
        if not self._lesson_id and self.lesson is not None:
            position = self.tutor.progress.resume
            self.open(position.lesson if position else self.lesson.id)
        self.recomposed()

    def recomposed(self) -> None:
        """Fill contents and page."""
        lesson = self.lesson
        if lesson is None:
            return
        contents = self.query_one("#contents", ChoiceList)
        contents.replace(self._contents_lines(lesson))
        contents.set_class(self._contents_open, "-open")
        self.show_page()

    def _contents_lines(self, lesson: Lesson) -> list[Content]:
        read = self.tutor.progress.pages_read(lesson.id)
        return [
            Content.assemble(("✓ " if page.id in read else "  ", "$success"), f"{number} {page.title}")
            for number, page in enumerate(lesson.pages, 1)
        ]

    def show_page(self) -> None:
        """Bring the open page to the screen."""
        self.run_worker(self._swap_page(), exclusive=True, group="page")

    async def _swap_page(self) -> None:
        lesson, page = self.lesson, self.page
        if lesson is None:
            return
        self.trials_at_page(f"{lesson.id}/{self._index}")
        view = await self._mounted(lesson, self._index)
        self.query_one(Pages).turn_to(view)
        self.retitle()
        self.tell_problems()
        contents = self.query_one("#contents", ChoiceList)
        contents.highlighted = min(self._index, len(lesson.pages) - 1)
        if not view.has_focus_within:
            (view.focus_first() if isinstance(view, LessonEnd) else view.focus())
        if isinstance(view, PageView):
            self.go_near(view)
        if page is not None and self.is_current and not self._is_noted(lesson.id, page.id):
            first = not self.tutor.progress.lesson(lesson.id).page
            self.tutor.page_opened(lesson.id, page.id, first=first)
        self.set_timer(0.05, self._mount_neighbours)

    def _is_noted(self, lesson: str, page: str) -> bool:
        """Whether the next start would open this page anyway."""
        return self.tutor.progress.resume == Position(lesson, page)

    def _mount_neighbours(self) -> None:
        self.run_worker(self._prepare_neighbours(), exclusive=True, group="neighbours")

    async def _prepare_neighbours(self) -> None:
        """The next and the previous page, hidden, so that turning to them is quick; farther ones go."""
        lesson = self.lesson
        if lesson is None:
            return
        index = self._index
        for neighbour in (index + 1, index - 1):
            if 0 <= neighbour <= len(lesson.pages):
                await self._mounted(lesson, neighbour)
        await self.query_one(Pages).keep(range(index - 1, index + 2))
        self._questions.keep(self.query(QuestionView))
        gc.collect()  # now, while the reader reads, and not in the middle of the next page turn

    async def _mounted(self, lesson: Lesson, index: int) -> "Widget":
        pages = self.query_one(Pages)
        existing = pages.view(index)
        if existing is not None:
            return existing
        view: Widget
        if index < len(lesson.pages):
            maker = BlockMaker(
                self.translator,
                ascii_only=self.tutor.setup.ascii,
                predictions=self.tutor.progress.lesson(lesson.id).predictions,
                lesson=lesson.id,
                question=lambda question: self._questions.widget(question, lesson.id, self.tutor),
            )
            view = PageView(lesson.pages[index], maker.widget, id=page_id(index))
        else:
            view = LessonEnd(self.tutor.course, lesson, self.translator, id=page_id(index))
        view.display = False
        await pages.mount(view)
        return view

    # moving ------------------------------------------------------------------------------------------------

    def action_turn(self, step: int) -> None:
        """Turn the page; going on from a page counts it as read."""
        lesson = self.lesson
        if lesson is None:
            return
        target = self._index + step
        if not 0 <= target <= len(lesson.pages):
            return
        page = self.page
        if step > 0 and page is not None and page.id not in self.tutor.progress.pages_read(lesson.id):
            self.tutor.record(PageRead(lesson=lesson.id, page=page.id))
            contents = self.query_one("#contents", ChoiceList)
            contents.replace_option_prompt_at_index(self._index, self._contents_lines(lesson)[self._index])
        self._index = target
        self.show_page()

    def action_read_on(self) -> None:
        """Down a screenful, or to the next page at the end of this one."""
        view = self._current_view()
        if view is not None and view.scroll_offset.y < view.max_scroll_y:
            view.scroll_page_down()
        else:
            self.action_turn(1)

    def _current_view(self) -> "Widget | None":
        return self.query_one(Pages).current

    def on_descendant_blur(self) -> None:
        """A live part that lets go gives the keys back to the page."""
        if self.focused is None and self.is_current:
            self._focus_page()

    @property
    def scrolled(self) -> float:
        """How far down the open page is."""
        view = self._current_view()
        return view.scroll_y if view is not None else 0.0

    def _focus_page(self) -> None:
        view = self._current_view()
        if view is not None:
            self.set_focus(view, scroll_visible=False)

    def action_contents(self) -> None:
        """Show or hide the contents; shown, the cursor goes there."""
        contents = self.query_one("#contents", ChoiceList)
        self._contents_open = not (contents.has_focus or self._contents_open)
        contents.set_class(self._contents_open, "-open")
        if self._contents_open:
            contents.focus()
        elif (view := self._current_view()) is not None:
            view.focus()

    @on(ChoiceList.OptionSelected, "#contents")
    def _contents_chosen(self, event: ChoiceList.OptionSelected) -> None:
        self._index = event.option_index
        self._contents_open = False
        self.query_one("#contents").remove_class("-open")
        self.show_page()

    def action_leave(self) -> None:
        """From a live part back to the page; from the page back to home."""
        view = self._current_view()
        if self.focused is not None and view is not None and self.focused is not view:
            self._contents_open = False
            self.query_one("#contents").remove_class("-open")
            self.set_focus(view, scroll_visible=False)
            if self.focused is view:
                return
        super().action_leave()

    # what live parts say -----------------------------------------------------------------------------------

    @on(PredictView.Locked)
    def _prediction(self, event: PredictView.Locked) -> None:
        lesson = self.lesson
        if lesson is not None:
            self.tutor.record(
                PredictionLocked(lesson=lesson.id, block=event.block.id, response=event.response)
            )

    @on(QuestionView.HintTaken)
    def _hint(self, event: QuestionView.HintTaken) -> None:
        self.tutor.record(*self._questions.hint(event.question))

    @on(QuestionView.Answered)
    async def _answered(self, event: QuestionView.Answered) -> None:
        outcome, events = self._questions.answer(event, datetime.now(UTC))
        self.tutor.record(*events)
        if outcome is not None:
            await event.view.reveal(outcome)

    @on(QuestionView.AnotherWanted)
    async def _another(self, event: QuestionView.AnotherWanted) -> None:
        await self._questions.another(event.view, self.tutor)

    @on(SimBlockView.OpenInSimulator)
    def _open_simulator(self, event: SimBlockView.OpenInSimulator) -> None:
        block: SimBlock = event.block
        page = self.page
        self.tutor.open_simulator(block.network, page.title if page else block.id)

    # a course that is being written ------------------------------------------------------------------------

    def _course_news(self, reread: bool) -> None:
        if reread:
            self.run_worker(self._reread(), exclusive=True, group="page")
        else:
            self.tell_problems()

    async def _reread(self) -> None:
        """Show the open page as its file is now, at the same place; pages whose text is the same stay untouched."""
        lesson, view = self.lesson, self._current_view()
        if lesson is None or view is None:
            return
        self._old_scroll = view.scroll_y
        self._index = await self.query_one(Pages).reread(lesson.pages)
        self.query_one("#contents", ChoiceList).replace(self._contents_lines(lesson))
        await self._swap_page()
