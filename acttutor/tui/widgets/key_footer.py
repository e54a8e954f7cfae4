"""The footer in the learner's language."""

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from acttutor.i18n import Translator


class KeyFooter(Footer):
    """Textual's footer, its descriptions put through the translator when it is drawn."""

    def __init__(self, translator: Translator) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self.translator = translator

    def compose(self) -> ComposeResult:
        """The footer's keys, translated."""
        for child in super().compose():
            if isinstance(child, FooterKey):
                child.description = self.translator.gettext(child.description)
            yield child
