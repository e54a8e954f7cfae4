"""The footer in the learner's language."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from acttutor.i18n import Translator

LAST = ("escape", "question_mark")
"""Keys that mean the same everywhere and therefore stand at the end of every footer."""

MOST = 7
"""Keys in a footer; what does not fit stands in the help that `?` opens."""


class KeyFooter(Footer):
    """Textual's footer, its descriptions put through the translator when it is drawn."""

    DEFAULT_CSS = """
    KeyFooter FooterKey {
        .footer-key--key { padding: 0 0 0 1; }
        .footer-key--description { padding: 0 1 0 1; }
    }
    """

    def __init__(self, translator: Translator) -> None:
        super().__init__(show_command_palette=False)
        self.translator = translator

    def compose(self) -> ComposeResult:
        """The footer's keys, translated: those of the focused widget first, as many as there is space for."""
        keys = [child for child in super().compose() if isinstance(child, FooterKey)]
        for key in keys:
            key.description = self.translator.gettext(key.description)
        last = sorted((key for key in keys if key.key in LAST), key=lambda key: LAST.index(key.key))
        first = [key for key in keys if key.key not in LAST][: MOST - len(last)]
        while first and sum(map(_cells, first + last)) > self.app.size.width:
            first.pop()
        self.styles.grid_size_columns = len(first) + len(last)
        yield from first + last


def _cells(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + 3
