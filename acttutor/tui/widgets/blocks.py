"""From a block of a lesson to the widget that brings it to life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual.widget import Widget

from acttutor.course.model import (
    Block,
    ClaimBlock,
    ExperimentBlock,
    FlowBlock,
    MathBlock,
    NoteBlock,
    PlotBlock,
    PredictBlock,
    Question,
    QuizBlock,
    SimBlock,
)
from acttutor.i18n import Translator
from acttutor.tui.widgets.claim_view import ClaimView
from acttutor.tui.widgets.experiment_block import ExperimentBlockView
from acttutor.tui.widgets.flow_block import FlowBlockView
from acttutor.tui.widgets.formula_view import FormulaView
from acttutor.tui.widgets.plot_block import PlotBlockView
from acttutor.tui.widgets.predict_view import PredictView
from acttutor.tui.widgets.prose import Prose
from acttutor.tui.widgets.sim_block import SimBlockView


@dataclass(frozen=True)
class BlockMaker:
    """What widgets of blocks must know: the language, whether to draw in ASCII, what was predicted before, the lesson.

    `question` makes the widget of a question, which depends on what the learner has done with it.
    """

    translator: Translator
    ascii_only: bool
    predictions: Mapping[str, str]
    lesson: str
    question: Callable[[Question], Widget]

    def widget(self, block: Block) -> Widget:
        """The widget of a block."""
        match block:
            case PlotBlock():
                return PlotBlockView(block, self.translator, ascii_only=self.ascii_only)
            case FlowBlock():
                return FlowBlockView(block, self.translator, ascii_only=self.ascii_only)
            case ClaimBlock():
                return ClaimView(block, self.translator)
            case PredictBlock():
                figure = self.widget(block.figure) if block.figure is not None else None
                return PredictView(block, self.translator, figure, self.predictions.get(block.id))
            case SimBlock():
                return SimBlockView(block, self.translator, ascii_only=self.ascii_only)
            case QuizBlock(question=question):
                return self.question(question)
            case ExperimentBlock():
                return ExperimentBlockView(block, self.lesson, self.translator, ascii_only=self.ascii_only)
            case NoteBlock():
                return Prose()  # never asked for: a page shows no notes
            case MathBlock(latex=latex):
                return FormulaView(latex, ascii_only=self.ascii_only)
