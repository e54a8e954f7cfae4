"""One page: its heading and its body, in a column that is easy to read."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.markdown import MarkdownBlock

from acttutor.course.model import Block, Page
from acttutor.i18n.marks import N_
from acttutor.tui.widgets.lesson_view import LessonView


class PageView(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down; left and right belong to the screen, which turns pages with them."""

    DEFAULT_CSS = """
    PageView {
        width: 1fr;
        height: 1fr;
        padding: 1 2 0 2;
        scrollbar-size-vertical: 1;
        .heading { height: auto; text-style: bold; color: $primary; max-width: 76; margin-bottom: 1; }
        LessonView { max-width: 76; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", N_("up"), show=False),
        Binding("down", "scroll_down", N_("down"), show=False),
        Binding("home", "scroll_home", N_("top of the page"), show=False),
        Binding("end", "scroll_end", N_("end of the page"), show=False),
    ]

    def __init__(self, page: Page, block_widget: Callable[[Block], Widget], *, id: str) -> None:
        super().__init__(id=id)
        self.page = page
        self._block_widget = block_widget

    def compose(self) -> ComposeResult:
        """Heading and body."""
        yield Static(Content(self.page.title), classes="heading")
        yield LessonView(self.page, self._block_widget)

    async def show(self, page: Page) -> None:
        """Show another text of the page; one that reads the same is left alone, and what was done on it stays."""
        same = page.markdown == self.page.markdown
        self.page = page if not same else replace(self.page, title=page.title)
        self.query_one(".heading", Static).update(Content(page.title))
        if not same:
            body = self.query_one(LessonView)
            body.page = page
            await body.update(page.markdown)

    def show_line(self, line: int) -> None:
        """Scroll to the paragraph or live part in which a line of the page's markdown stands."""
        around = [
            block
            for block in self.query(MarkdownBlock)
            if block.source_range[0] <= line < max(block.source_range[1], block.source_range[0] + 1)
        ]
        if around:
            self.scroll_to_widget(around[-1], animate=False, origin_visible=False)
