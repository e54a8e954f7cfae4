"""Wrong ideas by their names: those the learner's answers showed first, each with the page that puts it right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from acttutor.course.search import folded, words_of
from acttutor.tui.following import go_to_page, misconception_entry
from acttutor.tui.screens.lookup import Lookup
from acttutor.tui.widgets.entry_card import Entry
from acttutor.tui.widgets.finder import Row

if TYPE_CHECKING:
    from acttutor.course.model import Misconception


class MisconceptionsScreen(Lookup):
    """Enter goes to the page that puts the idea right."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Misconception, ...] = ()

    def title_text(self) -> str:
        """The title."""
        return self.translator.gettext("Wrong ideas")

    def help_text(self) -> str:
        """What the list is."""
        _ = self.translator.gettext
        return _(
            "Every line is something people believe and is wrong. Those that your answers showed come first. "
            "Enter opens the page that puts it right."
        )

    def placeholder(self) -> str:
        """What stands in the empty line."""
        return self.translator.gettext("a word of a wrong idea …")

    def rows(self, sought: str) -> Sequence[Row]:
        """The ideas that have the words, those that showed first, most often first."""
        _, n = self.translator.gettext, self.translator.ngettext
        words = words_of(sought)
        times = self.tutor.progress.misconceptions
        known = [
            wrong
            for wrong in self.tutor.course.misconceptions
            if all(word in folded(wrong.title) for word in words)
        ]
        self._found = tuple(sorted(known, key=lambda wrong: -times.get(wrong.id, 0)))
        shown = [wrong for wrong in self._found if wrong.id in times]
        rows: list[Row] = []
        mark = "* " if self.tutor.setup.ascii else "● "
        if shown:
            rows.append(Row(Content.styled(_("Your answers showed"), "bold"), head=True))
        for wrong in shown:
            often = n("{n} time", "{n} times", times[wrong.id]).format(n=times[wrong.id])
            rows.append(Row(Content.assemble((mark, "$warning"), wrong.title, (f"  {often}", "dim"))))
        if shown and len(shown) < len(self._found):
            rows.append(Row(Content.styled(_("Others that people have"), "bold"), head=True))
        rows += [Row(Content(f"  {wrong.title}")) for wrong in self._found[len(shown) :]]
        if not rows:
            none = _("Nothing found.") if words else _("This course names no wrong ideas.")
            rows.append(Row(Content(none), head=True))
        return rows

    def entry(self, index: int) -> Entry | None:
        """The idea and its page."""
        return misconception_entry(self.tutor, self._found[index]) if index < len(self._found) else None

    def choose(self, index: int) -> None:
        """Go to the page that puts it right."""
        wrong = self._found[index]
        go_to_page(self.tutor, wrong.repair_lesson, wrong.repair_page)
