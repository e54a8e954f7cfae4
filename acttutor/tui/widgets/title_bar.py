"""The line on top: where you are, and the two languages."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class TitleBar(Horizontal):
    """One line: the room's title at the left, the language switch at the right."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        background: $surface;
        padding: 0 1;
        #title { width: 1fr; text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
        #languages { width: auto; color: $text-muted; }
    }
    """

    def __init__(self, title: str, language: str) -> None:
        super().__init__()
        self._title = title
        self._language = language

    def compose(self) -> ComposeResult:
        """The title and the languages."""
        yield Static(Content(self._title), id="title")
        names = [("en", "English"), ("zh", "中文")]
        parts = [
            Content.styled(name, "bold $primary" if code == self._language else "").stylize(
                f"@click=app.set_language('{code}')"
            )
            for code, name in names
        ]
        yield Static(Content(" · ").join(parts), id="languages")

    def retitle(self, title: str) -> None:
        """Show another title."""
        self._title = title
        self.query_one("#title", Static).update(Content(title))
