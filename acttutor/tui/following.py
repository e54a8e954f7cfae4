"""Where links and things looked up lead: a page of the course, an entry of the glossary, the web."""

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from acttutor.course.links import PageLink, TermLink, WebLink, link
from acttutor.errors import UserError
from acttutor.tui.widgets.entry_card import Entry, Way
from acttutor.tui.widgets.inline import inline_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from acttutor.course.document import Problem
    from acttutor.course.model import Misconception, Term
    from acttutor.tui.app import ActtutorApp


def follow(app: "ActtutorApp", target: str) -> None:
    """Go where a link of a lesson leads; the web only after the reader said so."""
    _ = app.translator.gettext
    match link(target):
        case TermLink(term):
            open_term(app, term)
        case PageLink(lesson, page):
            go_to_page(app, lesson, page)
        case WebLink(address):
            _confirm(app, address)
        case None:
            app.notify(_("Only web links can be opened."), severity="warning", markup=False)


def _confirm(app: "ActtutorApp", address: str) -> None:
    from acttutor.tui.screens.links import ConfirmScreen

    _ = app.translator.gettext
    question = ConfirmScreen(_("Open this address in your browser?"), address, _("open"), _("stay here"))
    app.push_screen(question, lambda yes: app.open_url(address) if yes else None)


def open_term(app: "ActtutorApp", id: str) -> None:
    """Show an entry of the glossary over what is on the screen."""
    from acttutor.tui.screens.term import TermScreen

    try:
        term = app.course.term(id)
    except UserError:
        message = app.translator.gettext("The glossary has no entry “{id}”.").format(id=id)
        app.notify(message, severity="warning", markup=False)
        return
    app.push_screen(TermScreen(term))


def go_to_page(app: "ActtutorApp", lesson: str, page: str, line: int | None = None) -> None:
    """Open a page near a line of its text; from a page of a lesson, there is a way back to it."""
    if page_name(app, lesson, page) is None:
        place = f"{lesson}#{page}"
        message = app.translator.gettext("This course has no page “{page}”.").format(page=place)
        app.notify(message, severity="warning", markup=False)
        return
    app.open_lesson(lesson, page, line)


def open_problems(app: "ActtutorApp", folder: str = "") -> None:
    """List what is wrong in the files of the course that is being written; those of one folder first."""
    from acttutor.tui.screens.problems import ProblemsScreen

    problems = app.preview.problems if app.preview is not None else ()
    if not problems:
        app.notify(app.translator.gettext("No problems in the files."), markup=False)
        return
    app.push_screen(ProblemsScreen(problems, folder, app.translator), partial(_open_problem, app))


def _open_problem(app: "ActtutorApp", problem: "Problem | None") -> None:
    """The page in whose lines the problem stands, if it stands in a page."""
    for lesson in app.course.lessons:
        if problem is not None and problem.path == f"{lesson.slug}/{lesson.path.name}":
            before = [page for page in lesson.pages if page.line <= problem.line + 1]
            if before:
                app.open_lesson(lesson.id, before[-1].id, max(0, problem.line - before[-1].line))


def page_name(app: "ActtutorApp", lesson: str, page: str) -> str | None:
    """`One, nothing, and the corner (lesson 4, page 2)`; None for a page that the course does not have."""
    try:
        found = app.course.lesson(lesson)
        number = found.page_number(page)
    except UserError:
        return None
    told = app.translator.gettext("{title} (lesson {lesson}, page {n})")
    return told.format(title=found.pages[number - 1].title, lesson=found.number, n=number)


def page_way(app: "ActtutorApp", words: str, lesson: str, page: str) -> tuple[Way, ...]:
    """The way to a page, if the course has it."""
    name = page_name(app, lesson, page)
    if name is None:
        return ()
    text = Content.assemble((f"{words}  ", "dim"), name)
    return (Way(text, partial(go_to_page, app, lesson, page)),)


def term_entry(app: "ActtutorApp", term: "Term", see: "Callable[[Term], object]") -> Entry:
    """A term with the page that teaches it and the terms near it, to which `see` leads."""
    _ = app.translator.gettext
    ways = page_way(app, _("taught on"), term.lesson, term.page)
    by_id = {other.id: other for other in app.course.glossary}
    for id in term.see:
        if id in by_id:
            text = Content.assemble((f"{_('see also')}  ", "dim"), by_id[id].title)
            ways += (Way(text, partial(see, by_id[id])),)
    return Entry(term.title, inline_content(term.text), ways)


def misconception_entry(app: "ActtutorApp", wrong: "Misconception") -> Entry:
    """A wrong idea: how often the learner's answers showed it, and the page that puts it right."""
    _, n = app.translator.gettext, app.translator.ngettext
    times = app.progress.misconceptions.get(wrong.id, 0)
    text = Content("")
    if times:
        told = n("It showed in {n} of your answers.", "It showed in {n} of your answers.", times)
        text = Content.styled(told.format(n=times), "$text-warning")
    return Entry(wrong.title, text, page_way(app, _("put right on"), wrong.repair_lesson, wrong.repair_page))
