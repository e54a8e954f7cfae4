"""Which network the simulator opens when nobody named one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from acttutor.course.model import Course, SimBlock
from acttutor.course.network_file import load
from acttutor.errors import UserError
from acttutor.nn.activations import apply
from acttutor.nn.losses import Loss
from acttutor.nn.network import Layer, Network, Parameters
from acttutor.nn.trace import TrainingStep


def first_sim_block(course: Course) -> SimBlock | None:
    """The first network of the course, in reading order, that has a layer of several units; else the first of all."""
    found = None
    for lesson in course.lessons:
        for page in lesson.pages:
            for block in page.blocks:
                if isinstance(block, SimBlock):
                    if any(layer.units > 1 for layer in block.network.network.layers):
                        return block
                    found = found or block
    return found


def first_step(path: Path | None, read_course: Callable[[], Course]) -> tuple[TrainingStep, str]:
    """The training step of the file at `path`, else of the course's first network, else of a small one; and its name.

    Raises UserError for a file that is no network. What is wrong with a course is told elsewhere.
    """
    if path is not None:
        return load(path).step(), path.name
    try:
        block = first_sim_block(read_course())
    except UserError:
        block = None
    return (small_network(), "") if block is None else (block.network.step(), block.id)


def small_network() -> TrainingStep:
    """Two inputs, two ReLU units of which the first is off, one sigmoid output with its cross-entropy."""
    network = Network(2, (Layer(2, (apply("relu"),)), Layer(1, (apply("sigmoid"),))), Loss.BCE)
    parameters = Parameters(
        (np.array([[0.31, 0.64], [-0.8, 0.2]]), np.array([[0.7], [0.9]])),
        (np.array([0.1, 0.1]), np.array([-0.2])),
        ((), ()),
    )
    return TrainingStep(network, parameters, np.array([[0.5, 1.0]]), np.array([[1.0]]), 0.5)
