"""Home: where you are in the course, and the one key that takes you on."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from acttutor.i18n.marks import N_
from acttutor.learner.mastery import mastery_over
from acttutor.tui.home_lines import Columns, fit
from acttutor.tui.rooms import DOORS
from acttutor.tui.screens.room import Room
from acttutor.tui.widgets.choice_list import ChoiceList
from acttutor.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from acttutor.course.model import Course, Lesson
    from acttutor.tui.widgets.plot_block import PlotBlockView

WIDE = 120
"""Columns from which the picture stands beside the list; HALF is what the list has then."""
HALF = 72
MARGIN = 2
SCROLLBAR = 2


@dataclass(frozen=True)
class Choice:
    """One line of the home list and where it leads; None is a line between groups."""

    text: Content
    run: "Callable[[], object]"


class HomeScreen(Room):
    """The first thing anybody sees."""

    AUTO_FOCUS = ""  # the list takes the keys once it is filled; a footer less is made before that
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", N_("quit")),
        Binding("L", "app.switch_language", "English / 中文"),
        Binding("slash", "app.look_up('search')", N_("search"), key_display="/"),
        Binding("G", "app.look_up('glossary')", N_("glossary")),
        Binding("exclamation_mark", "problems", N_("problems in the files"), show=False, key_display="!"),
        Binding("escape", "leave", N_("back"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Choice | None] = []
        self._course: Course | None = None

    def help_text(self) -> str:
        """What home is for."""
        _ = self.translator.gettext
        return _(
            "Arrow keys and enter, or the mouse. Continue takes you to the page where you stopped; "
            "a lesson opens where you were in it. Everything you answer is saved at once."
        )

    def compose_room(self) -> ComposeResult:
        """The list at the left; a live picture beside it where there is room."""
        with Container(id="home"):
            with Vertical(id="home-main"):
                yield Prose(id="home-words")
                yield ChoiceList(id="home-list")
                yield Static(id="home-problems")
            yield Vertical(id="home-picture")

    def recomposed(self) -> None:
        """Fill the list in the new language."""
        self.show_course()

    def on_mount(self) -> None:
        """A course that is being written may change while it is shown."""
        self.tutor.course_signal.subscribe(self, lambda _: self.show_course())

    def on_resize(self) -> None:
        """Columns stand where there is space for them."""
        if self._course is not None:
            self.call_after_refresh(self._fill, self._course)

    def action_problems(self) -> None:
        """What is wrong in the files of a course that is being written."""
        from acttutor.tui.following import open_problems

        open_problems(self.tutor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Problems are told only of a course that is being written."""
        return self.tutor.preview is not None if action == "problems" else True

    async def on_screen_resume(self) -> None:
        """Paint the frame first, the course behind it; progress may have changed while we were elsewhere."""
        await super().on_screen_resume()
        self.call_after_refresh(self.call_after_refresh, self.show_course)

    @work(thread=True, exclusive=True, group="home-course")
    def show_course(self) -> None:
        """Read the course in a thread, show it here."""
        course = self.tutor.course
        self.app.call_from_thread(self._fill, course)

    @work(thread=True, exclusive=True, group="home-picture")
    def _prepare_picture(self) -> None:
        """The libraries that draw take a fifth of a second to import: in a thread, once home can be used."""
        from acttutor.plots.render import warm_up
        from acttutor.tui.widgets import plot_block

        warm_up()
        self.app.call_from_thread(self._mount_picture, plot_block.PlotBlockView)

    def _mount_picture(self, view: "type[PlotBlockView]") -> None:
        from acttutor.course.model import CurveSpec, PlotBlock

        _ = self.translator.gettext
        places = self.query("#home-picture")
        if not places or self.query(view):
            return
        block = PlotBlock(
            id="home",
            line=0,
            curves=(CurveSpec("swish", label="f"), CurveSpec("swish", derivative=True, label="f′")),
            interactive=True,
            caption=_("Drag the slider: f is what a unit passes on, f′ what it lets back."),
        )
        places.first().mount(view(block, self.translator, ascii_only=self.tutor.setup.ascii))

    def _fill(self, course: "Course") -> None:
        if not self.is_mounted or not self.query("#home-list"):
            return
        new = self.tutor.progress.resume is None and not self.tutor.progress.answers
        self._course = course
        self.query_one("#home-words", Prose).show(self._words(course, new))
        self._choices = list(self._first_choices(course) if new else self._choices_of(course))
        options = self.query_one("#home-list", ChoiceList)
        highlighted = options.highlighted
        options.replace(None if choice is None else choice.text for choice in self._choices)
        self._choices = [choice for choice in self._choices if choice is not None]
        options.highlighted = (
            min(highlighted or 0, options.option_count - 1) if options.option_count else None
        )
        if self.focused is None:
            options.focus()
        self.set_class(new, "-new")
        self._show_problems()
        self._prepare_picture()

    def _show_problems(self) -> None:
        n = self.translator.ngettext
        preview = self.tutor.preview
        problems = (preview.problems if preview is not None else ()) or self.tutor.loaded.problems
        notice = self.query_one("#home-problems", Static)
        notice.display = bool(problems)
        if problems:
            count = n("{n} problem in the course files:", "{n} problems in the course files:", len(problems))
            notice.update(Content(f"{count.format(n=len(problems))}\n{problems[0]}"))

    def _words(self, course: "Course", new: bool) -> Content:
        _ = self.translator.gettext
        if not course.lessons:
            return Content(_("This course has no lessons yet."))
        if not new:
            return self._columns(course).head(course.title, _("read"), _("mastery"))
        return Content.assemble(
            (_("Why do networks need activation functions, and which should you pick?"), "bold"),
            "\n\n",
            _(
                "Read a page, drag a curve, step through backpropagation, answer. "
                "Every number you will see is computed in front of you."
            ),
        )

    def _first_choices(self, course: "Course") -> "list[Choice | None]":
        _ = self.translator.gettext
        other = "English" if self.translator.language == "zh" else "中文"
        choices: list[Choice | None] = []
        if course.lessons:
            first = course.lessons[0]
            begin = Content.assemble(
                (_("Begin"), "bold"),
                f" ▸ {first.title}",
                (f"  {_('about {n} minutes').format(n=first.minutes)}", "dim"),
            )
            choices.append(Choice(begin, partial(self.tutor.open_lesson, first.id)))
        choices.append(Choice(Content(other), self.tutor.action_switch_language))
        return choices

    def _choices_of(self, course: "Course") -> "list[Choice | None]":
        _ = self.translator.gettext
        choices: list[Choice | None] = []
        resume = self._resume_choice(course)
        if resume is not None:
            choices += [resume, None]
        columns = self._columns(course)
        choices += [
            Choice(self._lesson_line(columns, lesson), partial(self.tutor.open_lesson, lesson.id))
            for lesson in course.lessons
        ]
        choices.append(None)
        choices += self._doors()
        return choices

    def _doors(self) -> "list[Choice | None]":
        _ = self.translator.gettext
        column = max(cell_len(_(door.name)) for door in DOORS) + 2
        choices: list[Choice | None] = []
        for door in DOORS:
            text = Content.assemble(fit(_(door.name), column), (_(door.purpose), "dim"))
            enter = self.tutor.look_up if door.looked_up else self.tutor.go
            run = partial(enter, door.room) if door.room != "quiz" else partial(self.tutor.open_quiz)
            choices.append(Choice(text, run))
        return choices

    def _resume_choice(self, course: "Course") -> Choice | None:
        _ = self.translator.gettext
        position = self.tutor.progress.resume
        lesson = next(
            (lesson for lesson in course.lessons if position and lesson.id == position.lesson), None
        )
        if position is None or lesson is None:
            return None
        number = next((n for n, page in enumerate(lesson.pages, 1) if page.id == position.page), 1)
        where = _("page {n} of {total}").format(n=number, total=len(lesson.pages))
        text = Content.assemble(
            (_("Continue"), "bold"),
            f" ▸ {lesson.number} {lesson.title}",
            (f"  {_('{where}: {title}').format(where=where, title=lesson.pages[number - 1].title)}", "dim"),
        )
        return Choice(text, partial(self.tutor.open_lesson, lesson.id, lesson.pages[number - 1].id))

    def _columns(self, course: "Course") -> Columns:
        wide = self.size.width >= WIDE
        cells = (HALF if wide else self.size.width) - 2 * MARGIN - SCROLLBAR
        titles = tuple(lesson.title for lesson in course.lessons)
        return Columns(cells, titles, ascii_only=self.tutor.setup.ascii)

    def _lesson_line(self, columns: Columns, lesson: "Lesson") -> Content:
        _ = self.translator.gettext
        progress = self.tutor.progress
        read = len(progress.pages_read(lesson.id) & {page.id for page in lesson.pages})
        total = len(lesson.pages)
        state = _("read") if read == total else _("{n} of {total}").format(n=read, total=total)
        known = mastery_over(progress, lesson.concepts).dots
        return columns.line(lesson.number, lesson.title, read, total, state if read else "", known)

    @on(ChoiceList.OptionSelected, "#home-list")
    def _chosen(self, event: ChoiceList.OptionSelected) -> None:
        choice = self._choices[event.option_index]
        assert choice is not None
        choice.run()
