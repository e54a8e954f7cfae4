"""A page of a lesson: markdown in which fenced blocks come alive."""

from collections.abc import Callable

from markdown_it.token import Token
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from acttutor.course.model import Block, MathBlock, Page
from acttutor.tui.lesson_markdown import lesson_parser
from acttutor.tui.widgets.paragraph import ProseParagraph

LIVE = frozenset({"plot", "flow", "claim", "predict", "sim", "quiz", "math", "experiment"})
LEADERS = "note"
"""What is for the leader of a workshop: learners see neither it nor a gap."""


class LiveFence(MarkdownFence):
    """A fence that shows a live widget when its info string names one of our blocks, and code otherwise."""

    def __init__(self, markdown: Markdown, token: Token, code: str) -> None:
        super().__init__(markdown, token, code)
        self.set_class(token.info in LIVE, "-live")
        self.display = token.info != LEADERS

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        """Live blocks are not code, so nothing is highlighted for them."""
        if language in LIVE:
            return Content(code)
        return super().highlight(code, language, ansi, dark)

    def compose(self) -> ComposeResult:
        """The live widget, or the code."""
        if self._token.info == LEADERS:
            return
        view = self._markdown
        assert isinstance(view, LessonView)
        if self._token.info == "math":
            yield view.block_widget(MathBlock(id="", line=0, latex=self.code.strip()))
            return
        line = self._token.map[0] if self._token.map else -1
        block = view.page.block_at(line) if self._token.info in LIVE else None
        if block is None:
            yield from super().compose()
        else:
            yield view.block_widget(block)


class LessonView(Markdown):
    """The body of one page. `block_widget` makes the widget of a block."""

    BLOCKS: dict[str, type[MarkdownBlock]] = {  # noqa: RUF012 - the type Textual gives it
        **Markdown.BLOCKS,
        "fence": LiveFence,
        "paragraph_open": ProseParagraph,
    }

    DEFAULT_CSS = """
    LessonView {
        padding: 0;
        MarkdownBlock > .code_inline { background: transparent !important; color: $primary !important; }
        LiveFence.-live {
            margin: 0 0 1 0;
            padding: 0;
            overflow: hidden;
            background: transparent;
            color: $foreground;
        }
        MarkdownTableContent {
            keyline: none;
            grid-gutter: 0;
            & > .cell, & > .header { padding: 0 3 0 0; }
            & > .header { border-bottom: solid $foreground 20%; }
        }
    }
    """

    def __init__(self, page: Page, block_widget: Callable[[Block], Widget]) -> None:
        super().__init__(page.markdown, parser_factory=lesson_parser, open_links=False)
        self.page = page
        self.block_widget = block_widget
