"""A lesson on a projector: a page a slide, large pictures, the leader's notes on request, nothing recorded."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from acttutor.course.model import Block, Lesson, NoteBlock
from acttutor.errors import UserError
from acttutor.i18n.marks import N_
from acttutor.tui.screens.trial_room import TrialRoom
from acttutor.tui.widgets.blocks import BlockMaker
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.pages import Pages, page_id
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.sim_block import SimBlockView
from acttutor.tui.widgets.slide_question import slide_question


class PresenterScreen(TrialRoom):
    """Turning is always to the next slide; only space reads a long one to its end first."""

    CSS_PATH = "../presenter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,pagedown", "turn(1)", N_("next slide"), key_display="→"),
        Binding("left,pageup", "turn(-1)", N_("slide before"), key_display="←"),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("space", "read_on", N_("read on"), key_display="space"),
        Binding("n", "notes", N_("notes of the leader")),
        Binding("tab", "app.focus_next", N_("live parts"), show=False),
        Binding("escape", "leave", N_("end"), key_display="esc"),
    ]

    def __init__(self, lesson: str, index: int) -> None:
        super().__init__()
        self._lesson_id = lesson
        self._index = index
        self._notes_open = False

    def title_text(self) -> str:
        """The title of the help card; the slide itself has no title line."""
        return self.translator.gettext("Presenting")

    def help_text(self) -> str:
        """How to present."""
        _ = self.translator.gettext
        return _(
            "Left and right, or page up and page down, turn slides; up and down move on a long one, and space "
            "does both. Curves and networks are live: tab goes to them. Nothing is recorded here."
        )

    @property
    def lesson(self) -> Lesson | None:
        """The lesson in the language in use."""
        try:
            return self.tutor.course.lesson(self._lesson_id)
        except UserError:
            return None

    def compose(self) -> ComposeResult:
        """The slide, the notes, and one quiet line with the number of the slide."""
        self._language_shown = self.translator.language
        yield Pages(id="slides")
        with VerticalScroll(id="notes", can_focus=False):
            yield Prose(id="notes-text")
        with Horizontal(id="slide-line"):
            yield Static(id="slide-more", markup=False)
            yield Static(id="slide-number", markup=False)
        yield Static(Content(self._size_notice()), id="size-notice")

    def on_mount(self) -> None:
        """The first slide."""
        self.recomposed()

    def recomposed(self) -> None:
        """The same slide in the other language."""
        self._show_slide()

    # slides ------------------------------------------------------------------------------------------------

    def _show_slide(self) -> None:
        self.run_worker(self._swap_slide(), exclusive=True, group="slide")

    async def _swap_slide(self) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        self._index = min(self._index, len(lesson.pages) - 1)
        view = await self._mounted(lesson, self._index)
        self.query_one(Pages).turn_to(view)
        view.scroll_home(animate=False)
        view.focus()
        self.trials_at_page(lesson.pages[self._index].id)
        number = f"{lesson.title}   {self._index + 1} / {len(lesson.pages)}"
        self.query_one("#slide-number", Static).update(Content(number))
        self._show_notes()
        self.watch(view, "scroll_y", self._tell_more, init=False)
        self.call_after_refresh(self._tell_more)
        self.set_timer(0.05, self._mount_neighbours)

    def _mount_neighbours(self) -> None:
        self.run_worker(self._prepare_neighbours(), exclusive=True, group="neighbours")

    async def _prepare_neighbours(self) -> None:
        lesson, index = self.lesson, self._index
        if lesson is None:
            return
        for neighbour in (index + 1, index - 1):
            if 0 <= neighbour < len(lesson.pages):
                await self._mounted(lesson, neighbour)
        await self.query_one(Pages).keep(range(index - 1, index + 2))

    async def _mounted(self, lesson: Lesson, index: int) -> Widget:
        pages = self.query_one(Pages)
        view = pages.view(index)
        if view is None:
            view = PageView(lesson.pages[index], self._widget, id=page_id(index))
            view.display = False
            await pages.mount(view)
        return view

    def _widget(self, block: Block) -> Widget:
        """Live parts as on a page, questions without a way to answer."""
        maker = BlockMaker(
            self.translator,
            ascii_only=self.tutor.setup.ascii,
            predictions={},
            lesson=self._lesson_id,
            question=slide_question,
        )
        return maker.widget(block)

    def action_turn(self, step: int) -> None:
        """The next slide or the one before; behind the last there is none."""
        lesson = self.lesson
        if lesson is not None and 0 <= self._index + step < len(lesson.pages):
            self._index += step
            self._show_slide()

    def action_read_on(self) -> None:
        """Down a screenful, or to the next slide from the end of this one."""
        view = self.query_one(Pages).current
        if view is not None and view.scroll_offset.y < view.max_scroll_y:
            view.scroll_page_down(animate=False)
        else:
            self.action_turn(1)

    def on_resize(self) -> None:
        """What did not fit may fit now."""
        self.call_after_refresh(self._tell_more)

    def _tell_more(self) -> None:
        _ = self.translator.gettext
        view = self.query_one(Pages).current
        more = view is not None and view.scroll_offset.y < view.max_scroll_y
        arrow = "v" if self.tutor.setup.ascii else "↓"
        self.query_one("#slide-more", Static).update(Content(f"{arrow} {_('more below')}" if more else ""))

    # notes -------------------------------------------------------------------------------------------------

    def action_notes(self) -> None:
        """Show or hide the notes of this page."""
        self._notes_open = not self._notes_open
        self._show_notes()
        self.call_after_refresh(self._tell_more)

    def _show_notes(self) -> None:
        lesson = self.lesson
        self.query_one("#notes").display = self._notes_open
        if lesson is None or not self._notes_open:
            return
        blocks = lesson.pages[self._index].blocks
        notes = [inline_content(block.markdown) for block in blocks if isinstance(block, NoteBlock)]
        none = Content.styled(self.translator.gettext("No notes on this page."), "dim")
        self.query_one("#notes-text", Prose).show(Content("\n\n").join(notes) if notes else none)
        self.query_one("#notes").scroll_home(animate=False)

    # leaving -----------------------------------------------------------------------------------------------

    def on_descendant_blur(self) -> None:
        """A live part that lets go gives the keys back to the slide."""
        if self.focused is None and self.is_current:
            self._focus_slide()

    def _focus_slide(self) -> None:
        view = self.query_one(Pages).current
        if view is not None:
            self.set_focus(view, scroll_visible=False)

    def action_leave(self) -> None:
        """From a live part back to the slide; from the slide back to the page."""
        if self.focused is not None and self.focused is not self.query_one(Pages).current:
            self._focus_slide()
        else:
            super().action_leave()

    @on(SimBlockView.OpenInSimulator)
    def _open_simulator(self, event: SimBlockView.OpenInSimulator) -> None:
        lesson = self.lesson
        title = lesson.pages[self._index].title if lesson is not None else event.block.id
        self.tutor.open_simulator(event.block.network, title)
