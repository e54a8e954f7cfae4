"""Which network the simulator opens when nobody named one."""

import numpy as np

from acttutor.course.model import Course, SimBlock
from acttutor.nn.activations import apply
from acttutor.nn.losses import Loss
from acttutor.nn.network import Layer, Network, Parameters
from acttutor.nn.trace import TrainingStep


def first_sim_block(course: Course) -> SimBlock | None:
    """The first network of the course, in reading order."""
    for lesson in course.lessons:
        for page in lesson.pages:
            for block in page.blocks:
                if isinstance(block, SimBlock):
                    return block
    return None


def small_network() -> TrainingStep:
    """Two inputs, two ReLU units of which the first is off, one sigmoid output with its cross-entropy."""
    network = Network(2, (Layer(2, (apply("relu"),)), Layer(1, (apply("sigmoid"),))), Loss.BCE)
    parameters = Parameters(
        (np.array([[0.31, 0.64], [-0.8, 0.2]]), np.array([[0.7], [0.9]])),
        (np.array([0.1, 0.1]), np.array([-0.2])),
        ((), ()),
    )
    return TrainingStep(network, parameters, np.array([[0.5, 1.0]]), np.array([[1.0]]), 0.5)
