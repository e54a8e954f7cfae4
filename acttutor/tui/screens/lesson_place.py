"""Where in the course the reader is: the open page, the ways that lead away from it, and the way back."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Markdown

from acttutor.course.model import Lesson, Page
from acttutor.errors import UserError
from acttutor.i18n.marks import N_
from acttutor.tui.following import follow, open_problems
from acttutor.tui.screens.room import Room
from acttutor.tui.widgets.lesson_end import LessonEnd
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.preview_line import PreviewLine

_LONGEST_TRAIL = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and how far down it was read."""

    lesson: str
    page: str
    scroll: float = 0.0


class LessonPlace(Room):
    """Knows the open page by lesson and index, so that it is found again in the other language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,alt+left", "return", N_("way back"), key_display="backspace"),
        Binding("k", "links", N_("links of this page"), show=False),
        Binding("P", "present", N_("present"), show=False),
        Binding("exclamation_mark", "problems", N_("problems in the files"), show=False, key_display="!"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lesson_id = ""
        self._index = 0
        self._trail: list[Place] = []
        self._near_line: int | None = None
        self._old_scroll: float | None = None

    # what is open ------------------------------------------------------------------------------------------

    def open(self, lesson: str, page: str = "", line: int | None = None) -> None:
        """Open a lesson at a page, or at the page where the learner stopped in it; near a line of its text."""
        found = self.tutor.course.lesson(lesson)
        wanted = page or self.tutor.progress.lesson(found.id).page or found.pages[0].id
        index = next((n for n, candidate in enumerate(found.pages) if candidate.id == wanted), 0)
        changed = found.id != self._lesson_id
        self._lesson_id, self._index, self._near_line = found.id, index, line
        if not self.is_mounted:
            return
        if changed:
            self.refresh(recompose=True)
            self.call_after_refresh(self.recomposed)
        else:
            self.show_page()

    def show_page(self) -> None:
        """Bring the open page to the screen."""
        raise NotImplementedError

    @property
    def scrolled(self) -> float:
        """How far down the open page is."""
        return 0.0

    @property
    def lesson(self) -> Lesson | None:
        """The open lesson in the language in use; None when the course has none."""
        course = self.tutor.course
        try:
            return course.lesson(self._lesson_id) if self._lesson_id else next(iter(course.lessons), None)
        except UserError:
            return next(iter(course.lessons), None)

    @property
    def page(self) -> Page | None:
        """The open page; None on the closing page behind the last one."""
        lesson = self.lesson
        return lesson.pages[self._index] if lesson is not None and self._index < len(lesson.pages) else None

    def title_text(self) -> str:
        """`1 Vanishing gradients · page 4 of 9 · 12 min left`."""
        _ = self.translator.gettext
        lesson, page = self.lesson, self.page
        if lesson is None:
            return _("Lessons")
        if page is None:
            return f"{lesson.number} {lesson.title}"
        total = len(lesson.pages)
        minutes = max(1, round(lesson.minutes * (total - self._index) / total))
        left = _("{n} min left").format(n=minutes)
        where = _("page {n} of {total}").format(n=self._index + 1, total=total)
        return f"{lesson.number} {lesson.title} · {where} · {left}"

    def go_near(self, view: PageView) -> None:
        """Scroll to the line that was asked for, or to where the reader was before a jump."""
        line, scroll = self._near_line, self._old_scroll
        self._near_line = self._old_scroll = None
        if line is not None:
            self.call_after_refresh(view.show_line, line)
        elif scroll is not None:
            self.call_after_refresh(view.scroll_to, y=scroll, animate=False)

    # away and back -----------------------------------------------------------------------------------------

    def remember(self) -> None:
        """Keep the open page as the one to come back to."""
        lesson, page = self.lesson, self.page
        if lesson is not None and page is not None:
            self._trail = [*self._trail[1 - _LONGEST_TRAIL :], Place(lesson.id, page.id, self.scrolled)]

    def forget(self) -> None:
        """Whoever comes in anew has nowhere to go back to."""
        self._trail = []

    def action_return(self) -> None:
        """Back to the page from which a link led here."""
        while self._trail:
            place = self._trail.pop()
            try:
                self.tutor.course.lesson(place.lesson).page(place.page)
            except UserError:
                continue  # the course has changed since
            self._old_scroll = place.scroll
            self.open(place.lesson, place.page)
            return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back only after a jump, problems only of a course that is being written."""
        if action == "return":
            return bool(self._trail)
        if action == "problems":
            return self.tutor.preview is not None
        return super().check_action(action, parameters)

    @on(Markdown.LinkClicked)
    def _link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        follow(self.tutor, event.href)

    @on(LessonEnd.Chosen)
    def _end_choice(self, event: LessonEnd.Chosen) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        match event.choice:
            case "quiz":
                self.tutor.open_quiz(lesson=lesson.id)
            case "again":
                self.open(lesson.id, lesson.pages[0].id)
            case "home":
                self.tutor.go("home")
            case other:
                self.open(other)

    def action_links(self) -> None:
        """The links of this page in a list, since text links cannot take the cursor."""
        from acttutor.tui.screens.links import LinksScreen, page_links

        links = page_links(self.page) if self.page is not None else ()
        if not links:
            self.notify(self.translator.gettext("This page has no links."), markup=False)
            return
        self.app.push_screen(LinksScreen(links, self.tutor), self._open_link)

    def _open_link(self, target: str | None) -> None:
        if target:
            follow(self.tutor, target)

    def action_present(self) -> None:
        """The pages as slides, from this one on."""
        from acttutor.tui.screens.presenter import PresenterScreen

        lesson = self.lesson
        if lesson is not None:
            self.app.push_screen(PresenterScreen(lesson.id, min(self._index, len(lesson.pages) - 1)))

    # writing -----------------------------------------------------------------------------------------------

    def action_problems(self) -> None:
        """What is wrong in the files, place by place."""
        open_problems(self.tutor, self.lesson.slug if self.lesson is not None else "")

    def tell_problems(self) -> None:
        """Say how many problems there are, where a course is being written."""
        preview, lesson = self.tutor.preview, self.lesson
        if preview is not None and lesson is not None:
            self.query_one(PreviewLine).tell(preview, lesson.slug, self.translator)
