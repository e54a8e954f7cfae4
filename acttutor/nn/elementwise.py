"""Activations that act on each number alone, without the swish gates (`gates.py`): values and derivatives.

Each function takes x and the parameters and keeps its digits in the tails as `special.py` explains; at a kink
the slope is what PyTorch's autograd returns. They expect silenced floating-point signals.
"""

import numpy as np

from acttutor.nn.arrays import Array
from acttutor.nn.kinds import Params
from acttutor.nn.special import (
    INVERSE_SQRT_TWO_PI,
    SQRT_HALF,
    erfcx,
    exp_times,
    gauss_times,
    normal_below,
    normal_density,
    quotient,
    sigmoid,
    sigmoid_slope,
)

# The fixed point of Klambauer et al. 2017, appendix, to float64.
SELU_LAMBDA = 1.0507009873554804934
SELU_ALPHA = 1.6732632423543772848


def _keep_nan(x: Array, result: Array) -> Array:
    return np.where(np.isnan(x), x, result)


def identity(x: Array, params: Params) -> Array:
    """x."""
    return x.copy()


def identity_slope(x: Array, params: Params) -> Array:
    """1."""
    return _keep_nan(x, np.ones_like(x))


def step(x: Array, params: Params) -> Array:
    """1 for x > 0, else 0."""
    return np.heaviside(x, 0.0)


def step_slope(x: Array, params: Params) -> Array:
    """0, also at the jump, where there is no derivative: what backpropagation would use."""
    return _keep_nan(x, np.zeros_like(x))


def logistic(x: Array, params: Params) -> Array:
    """σ(x)."""
    return sigmoid(x)


def logistic_slope(x: Array, params: Params) -> Array:
    """σ(x)σ(-x)."""
    return sigmoid_slope(x)


def hard_sigmoid(x: Array, params: Params) -> Array:
    """min(max(x+3, 0), 6)/6."""
    return np.clip(x + 3.0, 0.0, 6.0) / 6.0


def hard_sigmoid_slope(x: Array, params: Params) -> Array:
    """1/6 for |x| < 3, else 0."""
    return np.heaviside(3.0 - np.abs(x), 0.0) / 6.0


def tanh(x: Array, params: Params) -> Array:
    """tanh x."""
    return np.tanh(x)


def tanh_slope(x: Array, params: Params) -> Array:
    """sech² x."""
    small = np.exp(-np.abs(x))
    return np.square(2.0 * small / (1.0 + small * small))


def hard_tanh(x: Array, params: Params) -> Array:
    """min(max(x, -1), 1)."""
    return np.clip(x, -1.0, 1.0)


def hard_tanh_slope(x: Array, params: Params) -> Array:
    """1 for |x| < 1, else 0."""
    return np.heaviside(1.0 - np.abs(x), 0.0)


def relu(x: Array, params: Params) -> Array:
    """max(0, x)."""
    return np.maximum(x, 0.0)


def relu_slope(x: Array, params: Params) -> Array:
    """1 for x > 0, else 0."""
    return np.heaviside(x, 0.0)


def relu6(x: Array, params: Params) -> Array:
    """min(max(0, x), 6)."""
    return np.clip(x, 0.0, 6.0)


def relu6_slope(x: Array, params: Params) -> Array:
    """1 for 0 < x < 6, else 0."""
    return np.heaviside(x, 0.0) * np.heaviside(6.0 - x, 0.0)


def _leaky(x: Array, slope: float) -> Array:
    # 0 · inf would be NaN, but the limit of a line of slope 0 is 0.
    left = slope * x if slope else np.zeros_like(x)
    return _keep_nan(x, np.where(x > 0.0, x, left))


def leaky_relu(x: Array, params: Params) -> Array:
    """x for x > 0, else αx."""
    return _leaky(x, params["alpha"])


def leaky_relu_slope(x: Array, params: Params) -> Array:
    """1 for x > 0, else α."""
    return _keep_nan(x, np.where(x > 0.0, 1.0, params["alpha"]))


def leaky_relu_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂α = min(0, x)."""
    return {"alpha": np.minimum(x, 0.0)}


def prelu(x: Array, params: Params) -> Array:
    """x for x > 0, else ax."""
    return _leaky(x, params["a"])


def prelu_slope(x: Array, params: Params) -> Array:
    """1 for x > 0, else a."""
    return _keep_nan(x, np.where(x > 0.0, 1.0, params["a"]))


def prelu_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂a = min(0, x)."""
    return {"a": np.minimum(x, 0.0)}


def elu(x: Array, params: Params) -> Array:
    """x for x > 0, else α(eˣ - 1)."""
    return np.where(x > 0.0, x, params["alpha"] * np.expm1(np.minimum(x, 0.0)))


def elu_slope(x: Array, params: Params) -> Array:
    """1 for x > 0, else αeˣ."""
    return _keep_nan(x, np.where(x > 0.0, 1.0, exp_times(params["alpha"], np.minimum(x, 0.0))))


def elu_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂α = eˣ - 1 for x <= 0, else 0."""
    return {"alpha": np.expm1(np.minimum(x, 0.0))}


def selu(x: Array, params: Params) -> Array:
    """λx for x > 0, else λα(eˣ - 1)."""
    left = SELU_LAMBDA * SELU_ALPHA * np.expm1(np.minimum(x, 0.0))
    return np.where(x > 0.0, SELU_LAMBDA * x, left)


def selu_slope(x: Array, params: Params) -> Array:
    """λ for x > 0, else λαeˣ."""
    left = exp_times(SELU_LAMBDA * SELU_ALPHA, np.minimum(x, 0.0))
    return _keep_nan(x, np.where(x > 0.0, SELU_LAMBDA, left))


def celu(x: Array, params: Params) -> Array:
    """max(0, x) + min(0, α(e^(x/α) - 1))."""
    alpha = params["alpha"]
    q = np.minimum(x, 0.0) / alpha
    # Below 1e-17 the curve is x to the last digit, and x/α may have underflowed.
    return np.where((x > 0.0) | (q > -1e-17), x, alpha * np.expm1(q))


def celu_slope(x: Array, params: Params) -> Array:
    """1 for x >= 0, else e^(x/α)."""
    q, low = quotient(np.minimum(x, 0.0), params["alpha"])
    return _keep_nan(x, exp_times(1.0, q, low))


def celu_params(x: Array, params: Params) -> dict[str, Array]:
    """∂f/∂α = e^q - 1 - q·e^q with q = x/α for x <= 0, else 0."""
    q = np.minimum(x, 0.0) / params["alpha"]
    near = np.maximum(q, -1.0)
    # -Σ (n-1)/n! qⁿ, n >= 2: the closed form cancels for small q. 20 terms reach 1e-18 at q = -1.
    series = np.zeros_like(q)
    factorial = 2432902008176640000.0
    for n in range(20, 1, -1):
        series = series * near + (n - 1) / factorial
        factorial /= n
    far = np.minimum(q, -1.0)
    closed = np.where(np.isneginf(far), -1.0, np.exp(far) * (1.0 - far) - 1.0)
    return {"alpha": np.where(q < -1.0, closed, 0.0 - series * near * near)}


def gelu(x: Array, params: Params) -> Array:
    """xΦ(x)."""
    left = np.minimum(x, 0.0)
    tail = gauss_times(0.5 * left * erfcx(-left * SQRT_HALF), left)
    return np.where(x < 0.0, tail, x * normal_below(np.maximum(x, 0.0)))


def gelu_slope(x: Array, params: Params) -> Array:
    """Φ(x) + xφ(x)."""
    left = np.clip(x, -64.0, 0.0)
    tail = gauss_times(0.5 * erfcx(-left * SQRT_HALF) + left * INVERSE_SQRT_TWO_PI, left)
    right = np.clip(x, 0.0, 64.0)
    return np.where(x < 0.0, tail, normal_below(right) + right * normal_density(right))


def softplus(x: Array, params: Params) -> Array:
    """ln(1 + eˣ)."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def softsign(x: Array, params: Params) -> Array:
    """x/(1 + |x|)."""
    size = np.abs(x)
    return np.copysign(np.where(size > 1.0, 1.0 / (1.0 / size + 1.0), size / (1.0 + size)), x)


def softsign_slope(x: Array, params: Params) -> Array:
    """1/(1 + |x|)²."""
    return np.square(1.0 / (1.0 + np.abs(x)))


def hard_swish(x: Array, params: Params) -> Array:
    """x·min(max(x+3, 0), 6)/6."""
    middle = np.clip(x, -3.0, 3.0)
    return np.where(x >= 3.0, x, middle * (middle + 3.0) / 6.0)


def hard_swish_slope(x: Array, params: Params) -> Array:
    """0 for x <= -3, (2x+3)/6 between, 1 for x >= 3."""
    middle = (2.0 * np.clip(x, -3.0, 3.0) + 3.0) / 6.0
    return np.where(x >= 3.0, 1.0, np.where(x <= -3.0, 0.0, middle))


def mish(x: Array, params: Params) -> Array:
    """x·tanh(softplus(x)), as x·n/(n+2) with n = eˣ(eˣ+2): nothing cancels."""
    small = np.exp(-np.abs(x))
    right = x * (1.0 + 2.0 * small) / (1.0 + 2.0 * small * (1.0 + small))
    left = exp_times(x, np.minimum(x, 0.0)) * (small + 2.0) / (small * (small + 2.0) + 2.0)
    return np.where(x < 0.0, left, right)


def mish_slope(x: Array, params: Params) -> Array:
    """tanh(s) + x·sech²(s)·σ(x), s = softplus(x), over a common denominator."""
    small = np.exp(-np.abs(x))
    ground = small * (small + 2.0) + 2.0
    left = np.clip(x, -1500.0, 0.0)
    lean = (small + 2.0) / ground + 4.0 * left * (small + 1.0) / np.square(ground)
    # For x >= 0, in w = e⁻ˣ: tanh(s) = (1+2w)/(1+2w+2w²), sech²(s)σ(x) = 4w²(1+w)/(1+2w+2w²)².
    below = 1.0 + 2.0 * small * (1.0 + small)
    right = np.clip(x, 0.0, 1500.0)
    above = (1.0 + 2.0 * small) / below + 4.0 * right * small * small * (1.0 + small) / np.square(below)
    return np.where(x < 0.0, exp_times(lean, left), above)
