"""A lesson as plain text for pipes and screen readers: figures told, claims computed, questions listed."""

from typing import Final

from markdown_it.token import Token

from acttutor.course import figures
from acttutor.course.computing import computed
from acttutor.course.formula import linear, width
from acttutor.course.generated import instance
from acttutor.course.model import (
    Block,
    ClaimBlock,
    ExperimentBlock,
    FlowBlock,
    Language,
    Lesson,
    MathBlock,
    NoteBlock,
    Page,
    PlotBlock,
    PredictBlock,
    Question,
    QuestionType,
    QuizBlock,
    SimBlock,
)
from acttutor.course.plain import plain_line, plain_lines, wrapped
from acttutor.course.questions import presented
from acttutor.course.text import clean
from acttutor.errors import UserError
from acttutor.experiments.claims import holds
from acttutor.i18n import Translator, translator
from acttutor.nn.activations import Applied
from acttutor.nn.depth import DepthProfile
from acttutor.plots.describe import Table, sentence, table, text_table
from acttutor.plots.numbers import number, power

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_INDENT: Final = "    "
_TABLE_ROWS: Final = 9
_READ_SEED: Final = 0
_NO_PARAGRAPH: Final = ("|", "```", "- ", "* ", "1. ", "> ", "$$")


def plain_text(lesson: Lesson, program: str = "acttutor") -> str:
    """The whole lesson, in its language; no line holds an escape sequence, formulas are one line of words.

    `program` begins the commands it tells, with options that a reader has to repeat.
    """
    reader = _Reader(translator(lesson.language), program)
    parts = [reader.beginning(lesson)]
    parts += [reader.page(page, position) for position, page in enumerate(lesson.pages, 1)]
    parts += [reader.questions(lesson), reader.sources(lesson)]
    lines = [line for part in parts if part for line in (*part, "")]
    return clean("\n".join(lines[:-1])) + "\n"


class _Reader:
    """Tells the parts of a lesson in the words of one language."""

    def __init__(self, tr: Translator, program: str) -> None:
        self.tr = tr
        self._ = tr.gettext
        self.program = program
        wide = tr.language == Language.ZH
        self.colon, self.semicolon = ("：", "；") if wide else (": ", "; ")

    def beginning(self, lesson: Lesson) -> list[str]:
        title = f"{lesson.number}  {plain_line(lesson.title)}"
        lines = [title, "=" * width(title), "", *wrapped(lesson.summary)]
        if lesson.objectives:
            lines += ["", self._("After this lesson you can:")]
            for objective in lesson.objectives:
                lines += wrapped(plain_line(objective), first="- ", rest="  ")
        return lines

    def page(self, page: Page, position: int) -> list[str]:
        heading = f"{position}. {plain_line(page.title)}"

        def fence(token: Token) -> list[str] | None:
            block = page.block_at(token.map[0]) if token.map and token.level == 0 else None
            return self.block(block) if block is not None else None

        return [heading, "-" * width(heading), "", *plain_lines(page.markdown, fence)]

    def questions(self, lesson: Lesson) -> list[str]:
        if not lesson.questions:
            return []
        heading = self._("Questions")
        lines = [heading, "-" * width(heading)]
        for position, question in enumerate(lesson.questions, 1):
            lines += ["", *self.question(question, f"{position}. ")]
        return [*lines, "", *self.answering()]

    def answering(self) -> list[str]:
        told = self._("Answer them with: acttutor quiz --plain")
        return wrapped(told.replace("acttutor", self.program))

    def sources(self, lesson: Lesson) -> list[str]:
        if not lesson.sources:
            return []
        heading = self._("Sources")
        lines = [heading, "-" * width(heading), ""]
        for source in lesson.sources:
            lines += wrapped(plain_line(source), first="- ", rest="  ")
        return lines

    def block(self, block: Block) -> list[str]:
        match block:
            case PlotBlock():
                return self.plot(block)
            case FlowBlock():
                return self.flow(block)
            case ClaimBlock():
                return self.claim(block)
            case PredictBlock():
                return self.predict(block)
            case SimBlock():
                return self.sim(block)
            case QuizBlock(question=question):
                return self.question(question, f"{self._('Question')}{self.colon}")
            case ExperimentBlock():
                return self.experiment(block)
            case MathBlock(latex=latex):
                return [_INDENT + linear(latex)]
            case NoteBlock():  # for the leader of a workshop, not for a reader
                return []

    def plot(self, block: PlotBlock) -> list[str]:
        try:
            figure = figures.plot_figure(block)
        except UserError as cause:
            return wrapped(f"{self._('Plot')}{self.colon}{cause}")
        told = wrapped(f"{self._('Plot')}{self.colon}{sentence(figure, self.tr)}")
        return [*told, *self.caption(block.caption), *_indented(table(figure, self.tr, _TABLE_ROWS))]

    def flow(self, block: FlowBlock) -> list[str]:
        try:
            profiles = figures.flow_profiles(block)
        except UserError as cause:
            return wrapped(f"{self._('Gradient flow')}{self.colon}{cause}")
        lines = wrapped(
            self._(
                "Gradient flow: the size of the gradient at each layer, relative to the last of {depth}."
            ).format(depth=block.depth)
        )
        for label, profile in profiles:
            told = self._("{label}: {ratio} of it reaches layer 1, a factor of {factor} per layer.").format(
                label=label, ratio=power(profile.log10_ratio), factor=number(profile.factor, 3)
            )
            lines += wrapped(told, first="- ", rest="  ")
        return [*lines, *self.caption(block.caption), *_indented(self.flow_table(profiles))]

    def flow_table(self, profiles: tuple[tuple[str, DepthProfile], ...]) -> Table:
        depth = len(profiles[0][1].layers)
        rows = min(_TABLE_ROWS, depth)
        layers = sorted({round(1 + (depth - 1) * row / max(rows - 1, 1)) for row in range(rows)})
        cells = tuple(
            (str(layer), *(power(_relative(profile, layer)) for _, profile in profiles)) for layer in layers
        )
        return Table((self._("layer"), *(label for label, _ in profiles)), cells)

    def claim(self, block: ClaimBlock) -> list[str]:
        check = block.check
        try:
            value = computed(check.measure, check.args)
        except UserError as cause:
            verdict = str(cause)
        else:
            verdict = self._("computed now: {value}").format(value=number(value, 5))
            if not holds(check.bound, value):
                verdict += f" ({self._('the claim does not hold')})"
        return wrapped(f"{self._('Claim')}{self.colon}{plain_line(block.text)} [{verdict}]")

    def predict(self, block: PredictBlock) -> list[str]:
        lines = wrapped(f"{self._('Predict')}{self.colon}{plain_line(block.prompt)}")
        if block.answer is not None:
            lines += [_INDENT + self._("(answer with a number)")]
        for letter, option in zip(LETTERS, block.options, strict=False):
            lines += wrapped(plain_line(option.text), first=f"{_INDENT}{letter}) ", rest=_INDENT + "   ")
        lines += self.revealed(f"{self._('Answer')}{self.colon}{self.predicted(block)}", block.reveal.strip())
        if isinstance(block.figure, PlotBlock | FlowBlock):
            lines += self.block(block.figure)
        return lines

    def revealed(self, lead: str, reveal: str) -> list[str]:
        """A paragraph goes on after what leads to it; tables, lists and further paragraphs keep their shape."""
        first, _, rest = reveal.partition("\n\n")
        if first.lstrip().startswith(_NO_PARAGRAPH):
            first, rest = "", reveal
        lines = wrapped(f"{lead}{plain_line(first)}")
        return [*lines, "", *plain_lines(rest)] if rest.strip() else lines

    def predicted(self, block: PredictBlock) -> str:
        """The right option or number, to stand before the reason."""
        if block.answer is None:
            letters = (
                letter for letter, option in zip(LETTERS, block.options, strict=False) if option.correct
            )
            return "".join(f"{letter}) " for letter in letters)
        try:
            value = computed(block.answer.measure, block.answer.args)
        except UserError as cause:
            return f"{cause} "
        return f"[{self._('computed now: {value}').format(value=number(value, 5))}] "

    def sim(self, block: SimBlock) -> list[str]:
        network = block.network.network
        layers = self.semicolon.join(
            self._("layer {number}: {units} × {activation}").format(
                number=position,
                units=layer.units,
                activation=", ".join(dict.fromkeys(map(_called, layer.activations))),
            )
            for position, layer in enumerate(network.layers, 1)
        )
        told = self.tr.ngettext(
            "Network to step through: {inputs} input; {layers}; loss {loss}.",
            "Network to step through: {inputs} inputs; {layers}; loss {loss}.",
            network.inputs,
        ).format(inputs=network.inputs, layers=layers, loss=network.loss)
        return [*wrapped(told), *self.caption(block.caption)]

    def experiment(self, block: ExperimentBlock) -> list[str]:
        told = self._("Experiment to run: acttutor experiment run {id}").format(id=block.experiment)
        return [*wrapped(told), *self.caption(block.caption)]

    def question(self, question: Question, before: str) -> list[str]:
        question = _asked(question)
        lines = wrapped(
            before + plain_line(question.prompt), rest=" " * len(before) if before[0].isdigit() else ""
        )
        if question.type is QuestionType.MULTIPLE:
            lines += [_INDENT + self._("(more than one may be right)")]
        if question.type is QuestionType.NUMERIC:
            lines += [_INDENT + self._("(answer with a number)")]
        if question.type is QuestionType.ORDER:
            lines += [_INDENT + self._("(put them in order)")]
        for letter, option in zip(LETTERS, presented(question, _READ_SEED), strict=False):
            lines += wrapped(plain_line(option.text), first=f"{_INDENT}{letter}) ", rest=_INDENT + "   ")
        return lines

    def caption(self, caption: str) -> list[str]:
        return wrapped(plain_line(caption)) if caption else []


def _called(applied: Applied) -> str:
    """The symbol of an activation, or its name where the symbol is a mere abbreviation."""
    return applied.name if applied.label == "id" else applied.label


def _asked(question: Question) -> Question:
    """The question with numbers, or as it is written where they cannot be computed."""
    try:
        return instance(question, _READ_SEED)
    except UserError:
        return question


def _relative(profile: DepthProfile, layer: int) -> float:
    """log10 of the gradient norm at a layer (from 1), relative to the last one."""
    return profile.layers[layer - 1].log10_delta - profile.layers[-1].log10_delta


def _indented(content: Table) -> list[str]:
    return [_INDENT + line for line in text_table(content)]
