"""The links of a page as a list, and the question before one is opened."""

from dataclasses import dataclass
from typing import ClassVar

from markdown_it import MarkdownIt
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from acttutor.i18n import Translator
from acttutor.tui.widgets.choice_list import ChoiceList

SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Link:
    """The words of a link and where it leads."""

    text: str
    href: str


def links_of(markdown: str) -> tuple[Link, ...]:
    """The http(s) links of some markdown, in their order."""
    links: list[Link] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        href, words = "", ""
        for child in token.children or []:
            if child.type == "link_open":
                href, words = str(child.attrs.get("href", "")), ""
            elif child.type == "link_close":
                if href.startswith(SCHEMES):
                    links.append(Link(words, href))
                href = ""
            elif href:
                words += child.content
    return tuple(links)


class LinksScreen(ModalScreen[str]):
    """Pick a link; the result is its address, empty when none was picked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", show=False)]

    def __init__(self, links: tuple[Link, ...], translator: Translator) -> None:
        super().__init__()
        self._links = links
        self._translator = translator

    def compose(self) -> ComposeResult:
        """The list."""
        _ = self._translator.gettext
        with Vertical(classes="card") as card:
            card.border_title = Content(_("Links on this page"))
            card.border_subtitle = Content(_("esc closes"))
            yield ChoiceList(Content.assemble(link.text, "\n", (link.href, "dim")) for link in self._links)

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        self.dismiss(self._links[event.option_index].href)


class ConfirmScreen(ModalScreen[bool]):
    """One question with two answers; the careful one comes first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(False)", show=False)]

    def __init__(self, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._answers = (no, yes)

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Vertical(classes="card"):
            yield Static(Content.styled(self._question, "bold"))
            yield Static(Content(self._detail))
            yield ChoiceList(Content(answer) for answer in self._answers)

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        self.dismiss(event.option_index == 1)
