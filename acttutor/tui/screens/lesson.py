"""A lesson: one page at a time, its neighbours mounted while nobody is waiting."""

import gc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Markdown

from acttutor.course.model import Lesson, Page, Question, SimBlock
from acttutor.course.questions import presented
from acttutor.errors import UserError
from acttutor.learner import session as sitting
from acttutor.learner.events import Confidence, PageRead, PredictionLocked
from acttutor.learner.session import Item, Session, Turn
from acttutor.tui.marks import N_
from acttutor.tui.screens.room import Room
from acttutor.tui.widgets.blocks import BlockMaker
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.lesson_end import LessonEnd
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.predict_view import PredictView
from acttutor.tui.widgets.question_view import QuestionView
from acttutor.tui.widgets.sim_block import SimBlockView

if TYPE_CHECKING:
    from textual.widget import Widget

RESPONSE_SEED = 0
"""Options on a lesson page keep one order: the page is reread, not sat as a test."""


class LessonScreen(Room):
    """Reads like a book: right and left turn the page, up and down move on it, tab walks its live parts."""

    CSS_PATH = "../lesson.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,pageup", "turn(-1)", N_("page back"), key_display="←"),
        Binding("right,pagedown", "turn(1)", N_("next page"), key_display="→"),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("space", "read_on", N_("read on"), show=False),
        Binding("tab", "app.focus_next", N_("live parts"), key_display="tab"),
        Binding("o", "contents", N_("contents")),
        Binding("k", "links", N_("links"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lesson_id = ""
        self._index = 0
        self._contents_open = False
        self._sittings: dict[str, Session] = {}

    # what is open ------------------------------------------------------------------------------------------

    def open(self, lesson: str, page: str = "") -> None:
        """Open a lesson at a page, or at the page where the learner stopped in it."""
        found = self.tutor.course.lesson(lesson)
        wanted = page or self.tutor.progress.lesson(found.id).page or found.pages[0].id
        index = next((n for n, candidate in enumerate(found.pages) if candidate.id == wanted), 0)
        changed = found.id != self._lesson_id
        self._lesson_id, self._index = found.id, index
        if not self.is_mounted:
            return
        if changed:
            self.refresh(recompose=True)
            self.call_after_refresh(self.recomposed)
        else:
            self._show_page()

    @property
    def lesson(self) -> Lesson | None:
        """The open lesson in the language in use; None when the course has none."""
        course = self.tutor.course
        try:
            return course.lesson(self._lesson_id) if self._lesson_id else next(iter(course.lessons), None)
        except UserError:
            return next(iter(course.lessons), None)

    @property
    def page(self) -> Page | None:
        """The open page; None on the closing page behind the last one."""
        lesson = self.lesson
        return lesson.pages[self._index] if lesson is not None and self._index < len(lesson.pages) else None

    def title_text(self) -> str:
        """`1 Vanishing gradients · page 4 of 9 · 12 min left`."""
        _ = self.translator.gettext
        lesson, page = self.lesson, self.page
        if lesson is None:
            return _("Lessons")
        if page is None:
            return f"{lesson.number} {lesson.title}"
        total = len(lesson.pages)
        minutes = max(1, round(lesson.minutes * (total - self._index) / total))
        left = _("{n} min left").format(n=minutes)
        where = _("page {n} of {total}").format(n=self._index + 1, total=total)
        return f"{lesson.number} {lesson.title} · {where} · {left}"

    def help_text(self) -> str:
        """How reading works."""
        _ = self.translator.gettext
        return _(
            "Left and right (or page up and page down) turn pages, up and down move on the page, space does "
            "both. Tab goes to the page's live parts: curves, claims, predictions, questions; esc comes back."
        )

    # composing ---------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        """Contents at the left, the page at the right."""
        with Horizontal(id="lesson"):
            yield ChoiceList(id="contents")
            yield Vertical(id="pages")

    def on_mount(self) -> None:
        """Show the page."""
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
        self._show_page()

    def _contents_lines(self, lesson: Lesson) -> list[Content]:
        read = self.tutor.progress.pages_read(lesson.id)
        return [
            Content.assemble(("✓ " if page.id in read else "  ", "$success"), f"{number} {page.title}")
            for number, page in enumerate(lesson.pages, 1)
        ]

    def _show_page(self) -> None:
        self.run_worker(self._swap_page(), exclusive=True, group="page")

    async def _swap_page(self) -> None:
        lesson, page = self.lesson, self.page
        if lesson is None:
            return
        view = await self._mounted(lesson, self._index)
        for other in self.query_one("#pages").children:
            other.display = other is view
        self.retitle()
        contents = self.query_one("#contents", ChoiceList)
        contents.highlighted = min(self._index, len(lesson.pages) - 1)
        (view.focus_first() if isinstance(view, LessonEnd) else view.focus())
        if page is not None and self.is_current:
            first = not self.tutor.progress.lesson(lesson.id).page
            self.tutor.page_opened(lesson.id, page.id, first=first)
        self.set_timer(0.05, self._mount_neighbours)

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
        near = {self._page_id(n) for n in (index - 1, index, index + 1)}
        for view in list(self.query_one("#pages").children):
            if view.id not in near and not view.display:
                await view.remove()
        gc.collect()  # now, while the reader reads, and not in the middle of the next page turn

    @staticmethod
    def _page_id(index: int) -> str:
        return f"page-{index}"

    async def _mounted(self, lesson: Lesson, index: int) -> "Widget":
        pages = self.query_one("#pages")
        existing = [child for child in pages.children if child.id == self._page_id(index)]
        if existing:
            return existing[0]
        view: Widget
        if index < len(lesson.pages):
            maker = BlockMaker(
                self.translator,
                ascii_only=self.tutor.setup.ascii,
                predictions=self.tutor.progress.lesson(lesson.id).predictions,
                options_of=lambda question: presented(question, RESPONSE_SEED),
            )
            view = PageView(lesson.pages[index], maker.widget, id=self._page_id(index))
        else:
            view = LessonEnd(self.tutor.course, lesson, self.translator, id=self._page_id(index))
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
        self._show_page()

    def action_read_on(self) -> None:
        """Down a screenful, or to the next page at the end of this one."""
        view = self._current_view()
        if view is not None and view.scroll_offset.y < view.max_scroll_y:
            view.scroll_page_down()
        else:
            self.action_turn(1)

    def _current_view(self) -> "Widget | None":
        return next((view for view in self.query_one("#pages").children if view.display), None)

    def on_descendant_blur(self) -> None:
        """A live part that lets go gives the keys back to the page."""
        if self.focused is None and self.is_current:
            self._focus_page()

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
        self._show_page()

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

    def _sitting(self, question: Question, lesson: Lesson) -> Session:
        """The sitting of one question on the page, begun when it is first touched."""
        if question.id not in self._sittings:
            turn = Turn(Item(question, lesson.id), RESPONSE_SEED)
            self._sittings[question.id] = Session(RESPONSE_SEED, (turn,), datetime.now(UTC))
        return self._sittings[question.id]

    @on(QuestionView.HintTaken)
    def _hint(self, event: QuestionView.HintTaken) -> None:
        lesson = self.lesson
        if lesson is not None:
            session, events = sitting.hint(self._sitting(event.question, lesson))
            self._sittings[event.question.id] = session
            self.tutor.record(*events)

    @on(QuestionView.Answered)
    async def _answered(self, event: QuestionView.Answered) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        before = self._sitting(event.question, lesson)
        confidence = Confidence(event.confidence)
        session, events = sitting.answer(before, event.response, confidence, datetime.now(UTC))
        self.tutor.record(*events)
        del self._sittings[event.question.id]
        if session.outcome is not None:
            await event.view.reveal(session.outcome.judgement)

    @on(SimBlockView.OpenInSimulator)
    def _open_simulator(self, event: SimBlockView.OpenInSimulator) -> None:
        block: SimBlock = event.block
        page = self.page
        self.tutor.open_simulator(block.network, page.title if page else block.id)

    @on(LessonEnd.Chosen)
    def _end_choice(self, event: LessonEnd.Chosen) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        match event.choice:
            case "quiz":
                self.tutor.open_quiz(lesson=lesson.id)
            case "again":
                self._index = 0
                self._show_page()
            case "home":
                self.tutor.go("home")
            case other:
                self.open(other)

    # links -------------------------------------------------------------------------------------------------

    @on(Markdown.LinkClicked)
    def _link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        self.tutor.confirm_link(event.href)

    def action_links(self) -> None:
        """The links of this page in a list, since text links cannot take the cursor."""
        from acttutor.tui.screens.links import LinksScreen, links_of

        page = self.page
        links = links_of(page.markdown) if page is not None else ()
        if not links:
            self.notify(self.translator.gettext("This page has no links."), markup=False)
            return
        self.app.push_screen(LinksScreen(links, self.translator), self._open_link)

    def _open_link(self, href: str | None) -> None:
        if href:
            self.tutor.confirm_link(href)
