"""Random small networks, drawn by hypothesis, for whatever must hold for every network."""

import numpy as np
from hypothesis import strategies as st

from acttutor.nn.activations import Applied, Kind, apply, names
from acttutor.nn.init import initial, parse
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.network import Network
from acttutor.nn.operations import TrainingStep

ELEMENTWISE = tuple(name for name in names(Kind.ELEMENTWISE) if name != "step")
LAST = {Loss.MSE: None, Loss.BCE: "sigmoid", Loss.CROSS_ENTROPY: "softmax"}


def step_of(network: Network, seed: int, *, samples: int = 3, gain: float = 1.0, **more) -> TrainingStep:
    """A training step of this network: data, weights and targets that fit its loss, drawn from the seed."""
    rng = np.random.default_rng([seed, 1])
    outputs = network.layers[-1].units
    targets = {
        Loss.MSE: rng.normal(size=(samples, outputs)),
        Loss.BCE: rng.uniform(size=(samples, outputs)),
        Loss.CROSS_ENTROPY: np.eye(outputs)[rng.integers(outputs, size=samples)],
    }
    parameters = initial(network, parse("xavier", gain), seed, bias=0.1)
    x = rng.normal(size=(samples, network.inputs))
    return TrainingStep(network, parameters, x, targets[network.loss], more.pop("learning_rate", 0.1), **more)


@st.composite
def layers(draw, width_below: int) -> Layer:
    """A hidden layer: uniform, mixed or vector, with or without learned parameters and residual."""
    units = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(["uniform", "uniform", "mixed", "vector"]))
    if kind == "vector":
        chosen: tuple[Applied, ...] = (apply(draw(st.sampled_from(["softmax", "log_softmax"]))),)
    else:
        one = st.sampled_from([*ELEMENTWISE, "sigmoid(relu)", "elu(tanh)"]).map(apply)
        chosen = tuple(draw(one) for _ in range(units if kind == "mixed" else 1))
    residual = units == width_below and draw(st.booleans())
    return Layer(units, chosen, train_params=draw(st.booleans()), residual=residual)


@st.composite
def networks(draw) -> Network:
    """One to three layers with any of the losses, over raw inputs or Playground features."""
    features = draw(st.sampled_from([(), (), ("x", "xTimesY", "sinY")]))
    inputs = 2 if features else draw(st.integers(1, 3))
    width, stack = len(features) or inputs, []
    for _ in range(draw(st.integers(0, 2))):
        stack.append(draw(layers(width)))
        width = stack[-1].units
    loss = draw(st.sampled_from(list(Loss)))
    last = LAST[loss]
    stack.append(Layer(draw(st.integers(1, 3)), (apply(last),)) if last else draw(layers(width)))
    return Network(inputs, tuple(stack), loss, features)


@st.composite
def steps(draw) -> TrainingStep:
    """A training step of a random network, with or without a penalty."""
    kind = draw(st.sampled_from(list(Penalty)))
    return step_of(
        draw(networks()),
        draw(st.integers(0, 10_000)),
        samples=draw(st.integers(1, 3)),
        learning_rate=draw(st.sampled_from([0.1, 1.0, 0.003])),
        regularization=Regularization(kind, 0.0 if kind is Penalty.NONE else 0.01),
    )
