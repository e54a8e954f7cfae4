"""What you know so far: mastery concept by concept, how well you judge yourself, which wrong ideas showed."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from acttutor.course.formula import width
from acttutor.learner.mastery import ConceptHistory, mastery_of
from acttutor.tui.home_lines import dots
from acttutor.tui.screens.room import Room


class ProgressScreen(Room):
    """Pictures first; the same numbers stand beside them."""

    def title_text(self) -> str:
        """The title."""
        return self.translator.gettext("Progress")

    def help_text(self) -> str:
        """What the dots mean."""
        _ = self.translator.gettext
        return _(
            "Dots grow with right first answers, most with recent ones, and only fully after five answers. "
            "To take your data elsewhere: acttutor progress export FILE."
        )

    def compose_room(self) -> ComposeResult:
        """One column of short paragraphs."""
        with VerticalScroll(id="progress"):
            yield Static(id="progress-body")

    def on_mount(self) -> None:
        """Fill it."""
        self.recomposed()

    def recomposed(self) -> None:
        """Fill it again."""
        parts = [self._mastery(), self._calibration(), self._misconceptions()]
        self.query_one("#progress-body", Static).update(
            Content("\n\n").join([part for part in parts if part])
        )
        self.query_one("#progress").focus()

    async def on_screen_resume(self) -> None:
        """Answers may have come in since."""
        await super().on_screen_resume()
        self.recomposed()

    def _mastery(self) -> Content:
        _, n = self.translator.gettext, self.translator.ngettext
        progress, course = self.tutor.progress, self.tutor.course
        if not progress.answers:
            return Content(
                _(
                    "Nothing here yet. Answer a question, in a lesson or in the quiz, and your progress shows up here."
                )
            )
        head = n("{n} first answer", "{n} first answers", progress.answers).format(n=progress.answers)
        lines = [
            Content.styled(f"{head}{_(', ')}{_('{n} right').format(n=progress.right)}", "bold"),
            Content(""),
        ]
        column = max((width(concept.title) for concept in course.concepts), default=0)
        for concept in course.concepts:
            mastery = mastery_of(progress.concepts.get(concept.id, ConceptHistory()))
            pad = " " * (column - width(concept.title))
            lines.append(
                Content.assemble(
                    f"{concept.title}{pad}  ",
                    (dots(mastery.dots, ascii_only=self.tutor.setup.ascii), "$accent"),
                    (f"  {mastery.value:4.0%}  ", "dim"),
                    (n("{n} answer", "{n} answers", mastery.answers).format(n=mastery.answers), "dim"),
                )
            )
        return Content("\n").join(lines)

    def _calibration(self) -> Content:
        _ = self.translator.gettext
        said = self.tutor.progress.calibration
        if not said:
            return Content("")
        lines = [Content.styled(_("How well you judge yourself"), "bold"), Content("")]
        for level, words in ((1, _("a guess")), (2, _("I think so")), (3, _("sure"))):
            if level in said:
                one = said[level]
                text = _("said “{words}” {said} times, right {right} times").format(
                    words=words, said=one.said, right=one.right
                )
                lines.append(Content(text))
        return Content("\n").join(lines)

    def _misconceptions(self) -> Content:
        _ = self.translator.gettext
        seen = self.tutor.progress.misconceptions
        known = [one for one in self.tutor.course.misconceptions if one.id in seen]
        if not known:
            return Content("")
        lines = [Content.styled(_("Wrong ideas that showed"), "bold"), Content("")]
        for one in sorted(known, key=lambda one: -seen[one.id]):
            page = self.tutor.course.lesson(one.repair_lesson).page(one.repair_page)
            where = _("read again: {page}").format(page=page.title)
            lines.append(Content.assemble(f"• {one.title}", (f"  {where}", "dim")))
        return Content("\n").join(lines)
