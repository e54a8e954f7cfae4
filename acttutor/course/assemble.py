"""From the parts of a file to the model: what the parser read becomes lessons, pages, blocks and questions.

Here it shows whether keys that are well-formed mean something: an activation that exists, a network that can
be built, a number that can be computed. A thing that means nothing is reported and left out.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from acttutor.course import blocks as keys
from acttutor.course.blocks import given
from acttutor.course.document import Mapping, Problem
from acttutor.course.model import (
    Arguments,
    Block,
    Check,
    ClaimBlock,
    CurveSpec,
    FlowBlock,
    Language,
    Lesson,
    MathBlock,
    Mistake,
    NumericAnswer,
    Option,
    Page,
    PlotBlock,
    PredictAnswer,
    PredictBlock,
    PredictOption,
    Question,
    QuestionType,
    QuizBlock,
    SimBlock,
    StackSpec,
)
from acttutor.course.network_file import from_node
from acttutor.course.parser import ParsedBlock, ParsedLesson, ParsedQuestions
from acttutor.course.places import Step, error, node_at, place, told
from acttutor.errors import UserError
from acttutor.experiments.claims import Bound
from acttutor.experiments.measures import measure
from acttutor.nn import activations, init


def lesson(
    parsed: ParsedLesson,
    questions: ParsedQuestions | None,
    number: int,
    path: Path,
    language: Language,
) -> tuple[Lesson | None, list[Problem]]:
    """The lesson, and what in it means nothing; no lesson where its front matter cannot be read."""
    problems: list[Problem] = []
    pages = []
    for page in parsed.pages:
        made = [block(part, parsed.source.path) for part in page.blocks]
        problems += [problem for _, found in made for problem in found]
        live = tuple(part for part, _ in made if part is not None)
        pages.append(Page(page.id, page.title, page.markdown, page.body_line, live))
    asked: list[Question] = []
    if questions is not None:
        for part in questions.blocks:
            quiz, found = block(part, questions.source.path)
            problems += found
            if isinstance(quiz, QuizBlock):
                asked.append(quiz.question)
    header = parsed.header
    if header is None:
        return None, problems
    return Lesson(
        id=header.id,
        number=number,
        slug=path.parent.name,
        title=header.title,
        summary=header.summary,
        minutes=header.minutes,
        objectives=header.objectives,
        requires=header.requires,
        concepts=header.concepts,
        sources=header.sources,
        pages=tuple(pages),
        questions=tuple(asked),
        path=path,
        language=language,
        aliases=header.aliases,
    ), problems


def block(parsed: ParsedBlock, path: str) -> tuple[Block | None, list[Problem]]:
    """The live block, and what in it means nothing; no block where something does not."""
    maker = _Maker(path, parsed)
    made = maker.make()
    return (None if maker.problems else made), maker.problems


def arguments(args: dict[str, float | str]) -> Arguments:
    """The arguments of a measure as the model keeps them."""
    return tuple(args.items())


def bound(body: keys.CheckKeys) -> Bound:
    """The bound of a claim; `CheckKeys` has seen to it that there is exactly one."""
    return Bound(
        equals=given(body.equals),
        tolerance=given(body.tolerance) or 0.0,
        below=given(body.below),
        above=given(body.above),
        between=given(body.between),
    )


@lru_cache(maxsize=512)
def computed(name: str, args: Arguments) -> float:
    """What a measure computes; both languages ask for the same. Raises UserError as `measure` does."""
    return measure(name, dict(args))


@dataclass(slots=True)
class _Maker:
    """Makes one block; the problems it meets are placed in its file."""

    path: str
    parsed: ParsedBlock
    problems: list[Problem] = field(default_factory=list)

    @property
    def node(self) -> Mapping | None:
        return self.parsed.node

    def make(self) -> Block | None:
        line = self.parsed.line
        match self.parsed.keys:
            case None:
                latex = self.parsed.latex
                return MathBlock("", line, latex) if self.parsed.kind == keys.MATH else None
            case keys.PlotKeys() as plot:
                return self.plot(plot, plot.id)
            case keys.FlowKeys() as flow:
                return self.flow(flow, flow.id)
            case keys.ClaimKeys() as claim:
                return ClaimBlock(claim.id, line, claim.text.strip(), _check(claim.check))
            case keys.PredictKeys() as predict:
                return self.predict(predict)
            case keys.SimKeys() as sim:
                return self.sim(sim)
            case keys.QuizKeys() as quiz:
                return QuizBlock(quiz.id, line, self.question(quiz))
            case other:
                raise TypeError(f"no block is made from {type(other).__name__}")

    def error(self, steps: tuple[Step, ...], code: str, message: str, suggestion: str = "") -> None:
        self.problems.append(error(self.path, place(self.node, *steps), code, message, suggestion))

    def plot(self, body: keys.PlotBody, id: str, *under: Step) -> PlotBlock:
        if body.low >= body.high:
            self.error(
                (*under, "to"), "range", f"from {body.low:g} to {body.high:g}", "from must be less than to"
            )
        cursor = given(body.cursor)
        if cursor is not None and not body.low <= cursor <= body.high:
            message = f"the cursor {cursor:g} lies outside {body.low:g} to {body.high:g}"
            self.error((*under, "cursor"), "range", message, "choose one inside, or widen from and to")
        for index, curve in enumerate(body.curves):
            self.activation(curve.activation, curve.params, (*under, "curves", index))
        curves = tuple(
            CurveSpec(curve.activation, curve.derivative, tuple(curve.params.items()), curve.label)
            for curve in body.curves
        )
        caption = body.caption.strip()
        return PlotBlock(id, self.parsed.line, curves, body.low, body.high, cursor, body.interactive, caption)

    def flow(self, body: keys.FlowBody, id: str, *under: Step) -> FlowBlock:
        for index, stack in enumerate(body.stacks):
            self.activation(stack.activation, {}, (*under, "stacks", index))
            try:
                init.parse(stack.init, stack.gain)
            except UserError as cause:
                at = place(self.node, *under, "stacks", index, "init")
                self.problems.append(told(self.path, at, "init", cause))
        stacks = tuple(
            StackSpec(stack.activation, stack.init, stack.gain, stack.residual, stack.label)
            for stack in body.stacks
        )
        caption = body.caption.strip()
        return FlowBlock(
            id, self.parsed.line, stacks, body.depth, body.width, body.seed, body.interactive, caption
        )

    def activation(self, name: str, params: dict[str, float], steps: tuple[Step, ...]) -> None:
        """A curve needs a function of one number; an unknown parameter is told at its key."""
        try:
            applied = activations.apply(name, params)
        except UserError as cause:
            at = place(self.node, *steps, "activation")
            for param in params:
                if _refused(name, {param: params[param]}) and not _refused(name, {}):
                    at = place(self.node, *steps, "params", param)
                    break
            self.problems.append(told(self.path, at, "activation", cause))
            return
        if applied.activation.kind is not activations.Kind.ELEMENTWISE:
            message = f"{applied.name} is no function of one number, so it has no curve"
            self.error((*steps, "activation"), "activation", message, "take one that is, such as sigmoid")

    def predict(self, body: keys.PredictKeys) -> PredictBlock:
        answer, plot, flow = given(body.answer), given(body.plot), given(body.flow)
        figure: PlotBlock | FlowBlock | None = None
        if plot is not None:
            figure = self.plot(plot, body.id, "plot")
        elif flow is not None:
            figure = self.flow(flow, body.id, "flow")
        right = sum(option.correct for option in body.options)
        if body.options and right != 1:
            self.error(("options",), "options", f"{right} options are correct", "exactly one must be")
        self.unique(("options",), tuple(option.id for option in body.options))
        return PredictBlock(
            body.id,
            self.parsed.line,
            body.prompt.strip(),
            _predicted(answer) if answer is not None else None,
            tuple(PredictOption(option.id, option.text.strip(), option.correct) for option in body.options),
            body.reveal.strip(),
            figure,
        )

    def sim(self, body: keys.SimKeys) -> SimBlock | None:
        node = node_at(self.node, "network")
        if node is None:
            return None
        network, problems = from_node(node, self.path, "network")
        self.problems += problems
        if network is None:
            return None
        try:
            network.step()
        except UserError as cause:
            at = place(self.node, "network")
            self.problems.append(error(self.path, at, "network", f"network: {cause.message}", cause.hint))
        return SimBlock(body.id, self.parsed.line, network, body.caption.strip())

    def question(self, body: keys.QuizKeys) -> Question:
        self.options(body)
        answer = given(body.answer)
        return Question(
            id=body.id,
            revision=body.revision,
            type=body.type,
            concept=body.concept,
            scenario=body.scenario,
            prompt=body.prompt.strip(),
            options=tuple(
                Option(part.id, part.text.strip(), part.why.strip(), part.correct, given(part.misconception))
                for part in body.options
            ),
            numeric=self.numeric(answer) if answer is not None else None,
            hints=tuple(hint.strip() for hint in body.hints),
            evidence=given(body.evidence),
            line=self.parsed.line,
        )

    def options(self, body: keys.QuizKeys) -> None:
        """As many right ones as the type has; a wrong one names what it catches."""
        right = sum(option.correct for option in body.options)
        if body.type is QuestionType.CHOICE and right != 1:
            self.error(("options",), "options", f"{right} options are correct", "exactly one must be")
        if body.type is QuestionType.MULTIPLE and right == 0:
            self.error(
                ("options",), "options", "no option is correct", "mark the right ones with correct: true"
            )
        self.unique(("options",), tuple(option.id for option in body.options))
        for index, option in enumerate(body.options):
            if not option.correct and given(option.misconception) is None:
                message = f"the wrong option {option.id} names no misconception"
                self.error(
                    ("options", index), "misconception", message, "add misconception: with one of course.yaml"
                )

    def numeric(self, body: keys.NumberKeys) -> NumericAnswer | None:
        value = self.number(body, ("answer",))
        mistakes = []
        for index, mistake in enumerate(body.mistakes):
            wrong = self.number(mistake, ("answer", "mistakes", index))
            if wrong is None or value is None:
                continue
            if abs(wrong - value) <= body.tolerance:
                message = f"this mistake, {wrong:.6g}, counts as right: the answer is {value:.6g}"
                suggestion = "choose another mistake or a smaller tolerance of the answer"
                self.error(("answer", "mistakes", index), "mistake", message, suggestion)
            mistakes.append(Mistake(wrong, mistake.tolerance, mistake.why.strip(), mistake.misconception))
        if value is None:
            return None
        return NumericAnswer(value, body.tolerance, body.why.strip(), tuple(mistakes))

    def number(self, body: keys.NumberKeys | keys.MistakeKeys, steps: tuple[Step, ...]) -> float | None:
        """The number written or computed; what cannot be computed is told at the measure."""
        value, name = given(body.value), given(body.measure)
        if value is not None or name is None:
            return value
        try:
            return computed(name, arguments(body.args))
        except UserError as cause:
            self.problems.append(told(self.path, place(self.node, *steps, "measure"), "measure", cause))
            return None

    def unique(self, steps: tuple[Step, ...], ids: tuple[str, ...]) -> None:
        for index, id in enumerate(ids):
            if id in ids[:index]:
                self.error(
                    (*steps, index, "id"), "duplicate-id", f"a second option {id}", "give it another id"
                )


def _check(body: keys.CheckKeys) -> Check:
    return Check(body.measure, arguments(body.args), bound(body))


def _predicted(body: keys.PredictAnswerKeys) -> PredictAnswer:
    return PredictAnswer(body.measure, arguments(body.args), body.tolerance, body.scale)


def _refused(name: str, params: dict[str, float]) -> bool:
    try:
        activations.apply(name, params)
    except UserError:
        return True
    return False
