"""From the parts of a file to the model: what the parser read becomes lessons, pages, blocks and questions.

Here it shows whether keys that are well-formed mean something: an activation that exists, a network that can
be built, a number that can be computed. A thing that means nothing is reported and left out.
"""

from pathlib import Path

from acttutor.course import blocks as keys
from acttutor.course.assemble_questions import question
from acttutor.course.document import Problem
from acttutor.course.keys import given
from acttutor.course.making import Making, arguments
from acttutor.course.model import (
    Block,
    Check,
    ClaimBlock,
    CurveSpec,
    ExperimentBlock,
    FlowBlock,
    Language,
    Lesson,
    MathBlock,
    NoteBlock,
    Page,
    PlotBlock,
    PredictAnswer,
    PredictBlock,
    PredictOption,
    Question,
    QuizBlock,
    SimBlock,
    StackSpec,
)
from acttutor.course.network_file import from_node
from acttutor.course.parser import ParsedBlock, ParsedLesson, ParsedQuestions
from acttutor.course.places import Step, error, node_at, place, told
from acttutor.course.question_keys import QuizKeys
from acttutor.errors import UserError
from acttutor.experiments.claims import Bound
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


def bound(body: keys.CheckKeys) -> Bound:
    """The bound of a claim; `CheckKeys` has seen to it that there is exactly one."""
    return Bound(
        equals=given(body.equals),
        tolerance=given(body.tolerance) or 0.0,
        below=given(body.below),
        above=given(body.above),
        between=given(body.between),
    )


class _Maker(Making):
    """Makes one block."""

    def make(self) -> Block | None:
        line = self.parsed.line
        match self.parsed.keys:
            case None:
                return self.written()
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
            case keys.ExperimentKeys() as run:
                arms = tuple(dict.fromkeys(run.arms))
                return ExperimentBlock(run.id, line, run.experiment, arms, run.seeds, run.caption.strip())
            case QuizKeys() as quiz:
                return QuizBlock(quiz.id, line, question(self, quiz))
            case other:
                raise TypeError(f"no block is made from {type(other).__name__}")

    def written(self) -> MathBlock | NoteBlock | None:
        """A block whose body is no YAML; None for one whose YAML is broken."""
        line, text = self.parsed.line, self.parsed.text
        match self.parsed.kind:
            case keys.MATH:
                return MathBlock("", line, text)
            case keys.NOTE:
                return NoteBlock("", line, text)
            case _:
                return None

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
