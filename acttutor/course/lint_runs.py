"""Whether what a page shows can be shown: every plot is drawn, every stack measured, every network stepped."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from acttutor.course import figures
from acttutor.course.assemble import block as assembled
from acttutor.course.document import Problem
from acttutor.course.model_blocks import FlowBlock, PlotBlock, PredictBlock, SimBlock
from acttutor.course.network_file import NetworkFile
from acttutor.course.parser import ParsedBlock
from acttutor.course.places import error
from acttutor.errors import UserError
from acttutor.nn.trace import trace


def check_runs(block: ParsedBlock, path: str) -> Iterator[Problem]:
    """A block that can be read but not shown is told at its fence."""
    made, _ = assembled(block, path)
    match made:
        case PlotBlock() | FlowBlock():
            complaint = _figure(_without_words(made))
        case PredictBlock(figure=figure) if figure is not None:
            complaint = _figure(_without_words(figure))
        case SimBlock(network=network):
            complaint = _step(network)
        case _:
            return
    if complaint:
        yield error(path, (block.line, 1), "run", complaint, "change what the block shows")


def _without_words(block: PlotBlock | FlowBlock) -> PlotBlock | FlowBlock:
    """The block as both languages have it, so that it is computed once."""
    if isinstance(block, PlotBlock):
        curves = tuple(replace(curve, label="") for curve in block.curves)
        return replace(block, id="", line=0, caption="", curves=curves)
    stacks = tuple(replace(stack, label="") for stack in block.stacks)
    return replace(block, id="", line=0, caption="", stacks=stacks)


@lru_cache(maxsize=1024)
def _figure(block: PlotBlock | FlowBlock) -> str:
    """Why the figure cannot be made; empty where it can."""
    try:
        if isinstance(block, PlotBlock):
            figures.plot_figure(block)
        else:
            figures.flow_profiles(block)
    except UserError as cause:
        return str(cause)
    return ""


def _step(network: NetworkFile) -> str:
    """Why no training step can be taken; empty where one can."""
    try:
        loss = trace(network.step()).loss
    except UserError as cause:
        return str(cause)
    return "" if math.isfinite(loss) else f"the loss of the first step is {loss}"
