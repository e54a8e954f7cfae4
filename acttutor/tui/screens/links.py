"""The links of a page as a list, and the question before one is opened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markdown_it import MarkdownIt
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from acttutor.course.line_breaks import joined
from acttutor.course.links import PageLink, TermLink, link
from acttutor.course.model import Page
from acttutor.course.search import told
from acttutor.tui.following import page_name
from acttutor.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from acttutor.tui.app import ActtutorApp


@dataclass(frozen=True, slots=True)
class PageLinkLine:
    """The words of a link and where it leads."""

    text: str
    target: str


def links_of(markdown: str) -> tuple[PageLinkLine, ...]:
    """The links of some markdown that lead anywhere, in their order."""
    links: list[PageLinkLine] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        target, words = "", ""
        for child in token.children or []:
            if child.type == "link_open":
                target, words = str(child.attrs.get("href", "")), ""
            elif child.type == "link_close":
                if link(target) is not None:
                    links.append(PageLinkLine(joined(words), target))
                target = ""
            elif target:
                words += "\n" if child.type == "softbreak" else child.content
    return tuple(links)


def page_links(page: Page) -> tuple[PageLinkLine, ...]:
    """The links of a page and of what its live parts say before they are answered, each target once."""
    links = links_of(page.markdown)
    for block in page.blocks:
        links += links_of(told(block))
    return tuple({one.target: one for one in reversed(links)}.values())[::-1]


class LinksScreen(ModalScreen[str]):
    """Pick a link; the result is its target, empty when none was picked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", show=False)]

    def __init__(self, links: tuple[PageLinkLine, ...], tutor: "ActtutorApp") -> None:
        super().__init__()
        self._links = links
        self._tutor = tutor

    def compose(self) -> ComposeResult:
        """The list."""
        _ = self._tutor.translator.gettext
        with Vertical(classes="card") as card:
            card.border_title = Content(_("Links on this page"))
            card.border_subtitle = Content(_("esc closes"))
            yield ChoiceList(
                Content.assemble(one.text, "\n", (f"  {self._where(one.target)}", "dim"))
                for one in self._links
            )

    def _where(self, target: str) -> str:
        """In words where a link leads."""
        _ = self._tutor.translator.gettext
        match link(target):
            case PageLink(lesson, page):
                return page_name(self._tutor, lesson, page) or target
            case TermLink():
                return _("glossary")
            case _web:
                return target

    @on(ChoiceList.OptionSelected)
    def _selected(self, event: ChoiceList.OptionSelected) -> None:
        self.dismiss(self._links[event.option_index].target)


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
