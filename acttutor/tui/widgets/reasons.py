"""What is said after an answer: right or wrong, and why."""

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from acttutor.course.model import Question, QuestionType
from acttutor.course.placeholders import shown
from acttutor.course.questions import Judgement, Reason
from acttutor.i18n import Translator
from acttutor.tui.widgets.inline import inline_content
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.row import Row


def reasons_told(
    question: Question, judgement: Judgement, letters: Mapping[str, str], tr: Translator
) -> Iterator[Static]:
    """The verdict, then the reason for what was answered, then the others; `letters` are those of the options."""
    _ = tr.gettext
    if judgement.correct:
        head = Content.styled(_("✓ Right"), "bold $success")
    else:
        head = Content.styled(_("✗ Not quite"), "bold $error")
    yield Prose(head, id="verdict")
    if question.type is QuestionType.ORDER:
        yield from _order_told(question, judgement.reasons, tr)
        return
    numeric = question.numeric
    if numeric is not None and not judgement.correct:
        value = shown(numeric.value, numeric.decimals)
        if value not in numeric.why:
            number = _("The number is {value}.").format(value=value)
            yield Prose(Content.styled(number, "bold"), classes="reason")
    for reason in judgement.reasons:
        yield _reason(reason, letters.get(reason.option, ""))


def _reason(reason: Reason, letter: str) -> Static:
    mark, style = ("✓", "$success") if reason.correct else ("✗", "$error")
    row = Row(
        Content.styled(f"{mark} {letter} " if letter else f"{mark} ", style),
        inline_content(reason.why.strip()),
    )
    return Static(row if reason.given else row.styled("dim"), classes="reason")


def _order_told(question: Question, reasons: Sequence[Reason], tr: Translator) -> Iterator[Static]:
    """What was the wrong way round, then every step in its place and why it stands there."""
    yield from (_reason(reason, "") for reason in reasons if not reason.option)
    yield Prose(Content.styled(tr.gettext("The right order:"), "bold"), classes="reason")
    for number, (option, reason) in enumerate(zip(question.options, _of_steps(reasons), strict=True), 1):
        why = inline_content(reason.why.strip())
        text = inline_content(option.text.strip()) + "\n" + (why if not reason.given else why.stylize("dim"))
        yield Static(Row(Content.styled(f"{number}  ", "bold"), text), classes="reason")


def _of_steps(reasons: Sequence[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.option]
