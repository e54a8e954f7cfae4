"""The formulas of a training step, in LaTeX: what each operation computes, tensor by tensor.

Subscripts are layers, counted from 1: `W_1`. `N` is the number of samples, `η` the learning rate, `λ` the
rate of the penalty `R`. Only commands that a terminal renderer draws are used, and no letter has both a
sub- and a superscript.
"""

from acttutor.nn.activations import Applied
from acttutor.nn.layer import Layer
from acttutor.nn.losses import Loss, Penalty
from acttutor.nn.operations import OperationKind, Planned, TrainingStep

_FUNCTIONS = {
    "identity": r"\mathrm{id}",
    "sigmoid": r"\sigma",
    "tanh": r"\tanh",
    "relu": r"\mathrm{ReLU}",
    "relu6": r"\mathrm{ReLU6}",
    "leaky_relu": r"\mathrm{LeakyReLU}",
    "prelu": r"\mathrm{PReLU}",
    "elu": r"\mathrm{ELU}",
    "selu": r"\mathrm{SELU}",
    "celu": r"\mathrm{CELU}",
    "gelu": r"\mathrm{GELU}",
    "silu": r"\mathrm{SiLU}",
    "swish": r"\mathrm{Swish}",
    "mish": r"\mathrm{Mish}",
}

# PReLU's slope is called a, as activations are.
_SYMBOLS = {"alpha": r"\alpha", "beta": r"\beta", "a": r"\mathrm{p.a}"}


def function_name(name: str) -> str:
    r"""An activation as it stands before its brackets: `\sigma`, `\mathrm{ReLU}`, `\mathrm{hard\_tanh}`."""
    escaped = name.replace("_", r"\_")
    return _FUNCTIONS.get(name, rf"\mathrm{{{escaped}}}")


def call(applied: Applied, argument: str) -> str:
    r"""f(argument), a composition spelt out: `\sigma(\mathrm{ReLU}(z_1))`."""
    for part in reversed(_parts(applied)):
        argument = f"{function_name(part)}({argument})"
    return argument


def slope_call(applied: Applied, argument: str) -> str:
    r"""f′(argument): `\sigma'(z_1)`, `(\sigma \circ \mathrm{ReLU})'(z_1)`."""
    names = r" \circ ".join(function_name(part) for part in _parts(applied))
    return f"({names})'({argument})" if "(" in applied.name else f"{names}'({argument})"


def _parts(applied: Applied) -> list[str]:
    """The functions of a composition, outermost first; one for a plain activation."""
    return applied.name.rstrip(")").split("(")


def tensor_name(name: str) -> str:
    r"""A tensor in LaTeX: `W1` is `W_1`, `W1'` is `W_1'`, `dz1` a fraction of partial derivatives.

    `p1.alpha` is `\alpha_1`, unit 3's own `p1.3.alpha` is `\alpha_{1,3}`.
    """
    if name.endswith("'"):
        return f"{tensor_name(name[:-1])}'"
    if name in ("y", "L"):
        return name
    if name.startswith("dR"):
        return partial("R", tensor_name(f"W{name[2:]}"))
    if name.startswith("d"):
        return partial("L", tensor_name(name[1:]))
    if name.startswith("p"):
        return _parameter_name(name)
    return f"{name[0]}_{subscript(name[1:])}"


def subscript(text: str) -> str:
    """`text` as what follows an underscore, in braces unless it is one character."""
    return text if len(text) == 1 else f"{{{text}}}"


def partial(above: str, below: str) -> str:
    """The partial derivative of `above` by `below`."""
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def _parameter_name(name: str) -> str:
    layer, *units, last = name[1:].split(".")
    part = [item for item in units if not item.isdigit()]
    unit = [item for item in units if item.isdigit()]
    symbol = _SYMBOLS.get(last, rf"\mathrm{{{last}}}")
    prefix = rf"\mathrm{{{'.'.join(part)}}}\," if part else ""
    return f"{prefix}{symbol}_{subscript(','.join([layer, *unit]))}"


def formula(step: TrainingStep, planned: Planned) -> str:
    """The formula of an operation on whole tensors."""
    written = tensor_name(planned.writes)
    first, *others = (tensor_name(name) for name in planned.reads)
    match planned.kind:
        case OperationKind.LINEAR:
            right = f"{first} {others[0]} + {others[1]}"
        case OperationKind.ACTIVATION:
            right = _activation(_layer(step, planned), planned)
        case OperationKind.LOSS:
            right = _loss(step.network.loss, first)
        case OperationKind.LOSS_GRADIENT:
            right = rf"\frac{{1}}{{N}} ({prediction(step.network.loss, first)} - y)"
        case OperationKind.ACTIVATION_GRADIENT:
            right = _activation_gradient(_layer(step, planned), planned)
        case OperationKind.PARAMETER_GRADIENT:
            name = tensor_name(planned.writes[1:])
            right = rf"\sum {first} \odot {partial(tensor_name(f'a{planned.layer}'), name)}"
        case OperationKind.WEIGHT_GRADIENT:
            right = rf"{first}^\top {others[0]}"
        case OperationKind.BIAS_GRADIENT:
            right = rf"\sum_n {first}"
        case OperationKind.PENALTY_GRADIENT:
            l1 = step.regularization.kind is Penalty.L1
            right = rf"\lambda \, \mathrm{{sign}}({first})" if l1 else rf"\lambda {first}"
        case OperationKind.INPUT_GRADIENT:
            right = rf"{first} {others[0]}^\top" + "".join(f" + {added}" for added in others[1:])
        case _:
            slopes = " + ".join(others)
            right = rf"{first} - \eta {others[0]}"
            if len(others) > 1:
                right = rf"{first} - \eta \left( {slopes} \right)"
    return f"{written} = {right}"


def prediction(loss: Loss, output: str) -> str:
    """What a loss compares with the target: the last activation, or the activation of the logits."""
    match loss:
        case Loss.MSE:
            return output
        case Loss.BCE:
            return rf"\sigma({output})"
        case Loss.CROSS_ENTROPY:
            return rf"\mathrm{{softmax}}({output})"


def _layer(step: TrainingStep, planned: Planned) -> Layer:
    return step.network.layers[planned.number - 1]


def _activation(layer: Layer, planned: Planned) -> str:
    z = tensor_name(planned.reads[0])
    # Units with different functions share no name: f_1 stands for all of layer 1's.
    value = f"f_{subscript(str(planned.layer))}({z})" if layer.mixed else call(layer.activations[0], z)
    return f"{value} + {tensor_name(planned.reads[1])}" if layer.residual else value


def _activation_gradient(layer: Layer, planned: Planned) -> str:
    above, z = tensor_name(planned.reads[0]), tensor_name(planned.reads[1])
    if layer.vector:
        return rf"{above} {partial(f'a_{subscript(str(planned.layer))}', z)}"
    if layer.mixed:
        return rf"{above} \odot f_{subscript(str(planned.layer))}'({z})"
    return rf"{above} \odot {slope_call(layer.activations[0], z)}"


def _loss(loss: Loss, output: str) -> str:
    match loss:
        case Loss.MSE:
            return rf"\frac{{1}}{{2 N}} \sum ({output} - y)^2"
        case Loss.BCE:
            return rf"\frac{{1}}{{N}} \sum \left( \log(1 + \exp({output})) - y \, {output} \right)"
        case Loss.CROSS_ENTROPY:
            return rf"-\frac{{1}}{{N}} \sum y \odot \log \, \mathrm{{softmax}}({output})"
