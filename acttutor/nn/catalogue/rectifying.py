"""ReLU and its kin: a line on the right, something smaller on the left."""

import math

from acttutor.nn import elementwise as f
from acttutor.nn.kinds import N_, Activation, Card, Functions, Kind, Parameter, Params


def _at_zero(params: Params) -> tuple[float, ...]:
    return (0.0,)


def _elu_kinks(params: Params) -> tuple[float, ...]:
    return () if params["alpha"] == 1.0 else (0.0,)


def _leaky_kinks(params: Params) -> tuple[float, ...]:
    return () if params["alpha"] == 1.0 else (0.0,)


def _prelu_kinks(params: Params) -> tuple[float, ...]:
    return () if params["a"] == 1.0 else (0.0,)


RECTIFYING: tuple[Activation, ...] = (
    Activation(
        name="relu",
        aliases=("rectifier", "rectified_linear", "ramp"),
        kind=Kind.ELEMENTWISE,
        symbol="ReLU",
        formula=r"f(x)=\max(0,x)",
        derivative_formula=r"f'(x)=\begin{cases}1 & x>0\\0 & x\le 0\end{cases}",
        functions=Functions(f.relu, f.relu_slope, lambda params: 1.0, kinks=_at_zero),
        card=Card(
            range="[0, ∞)",
            largest_slope=1.0,
            largest_slope_at="x > 0",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("continuous, with a kink at 0 (slope there by convention 0)"),
            saturation=N_("exactly 0 on the left, none on the right"),
            gain=math.sqrt(2.0),
            used=N_("the usual hidden unit of convolutional networks and plain MLPs"),
            paper="Fukushima 1969; Nair & Hinton 2010; Glorot, Bordes & Bengio 2011",
            pytorch="nn.ReLU",
            keras="keras.activations.relu",
            jax="jax.nn.relu",
            flat=True,
        ),
    ),
    Activation(
        name="relu6",
        kind=Kind.ELEMENTWISE,
        symbol="ReLU6",
        formula=r"f(x)=\min(\max(0,x),6)",
        derivative_formula=r"f'(x)=\begin{cases}1 & 0<x<6\\0 & \text{otherwise}\end{cases}",
        functions=Functions(f.relu6, f.relu6_slope, lambda params: 1.0, kinks=lambda params: (0.0, 6.0)),
        card=Card(
            range="[0, 6]",
            largest_slope=1.0,
            largest_slope_at="0 < x < 6",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("continuous, with kinks"),
            saturation=N_("exactly 0 on the left, exactly 6 from x = 6"),
            gain=math.sqrt(2.0),
            used=N_("mobile networks in low precision"),
            paper="Krizhevsky 2010; Howard et al. 2017",
            pytorch="nn.ReLU6",
            keras="keras.activations.relu6",
            jax="jax.nn.relu6",
            flat=True,
        ),
    ),
    Activation(
        name="leaky_relu",
        aliases=("lrelu", "leakyrelu", "leaky"),
        kind=Kind.ELEMENTWISE,
        symbol="Leaky ReLU",
        formula=r"f(x)=\begin{cases}x & x>0\\\alpha x & x\le 0\end{cases}",
        derivative_formula=r"f'(x)=\begin{cases}1 & x>0\\\alpha & x\le 0\end{cases}",
        parameters=(Parameter("alpha", 0.01, slider=(0.0, 0.5)),),
        functions=Functions(
            f.leaky_relu,
            f.leaky_relu_slope,
            lambda params: max(1.0, abs(params["alpha"])),
            f.leaky_relu_params,
            kinks=_leaky_kinks,
        ),
        card=Card(
            range="(-∞, ∞)",
            largest_slope=1.0,
            largest_slope_at="x > 0",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("continuous, with a kink at 0"),
            saturation=N_("none: slope α on the left"),
            gain=math.sqrt(2.0 / (1.0 + 0.01**2)),
            used=N_(
                "GANs, YOLO, networks where many ReLUs died; the default slope differs between frameworks"
            ),
            paper="Maas, Hannun & Ng 2013",
            pytorch="nn.LeakyReLU",
            keras="keras.activations.leaky_relu",
            jax="jax.nn.leaky_relu",
        ),
    ),
    Activation(
        name="prelu",
        aliases=("parametric_relu",),
        kind=Kind.ELEMENTWISE,
        symbol="PReLU",
        formula=r"f(x)=\begin{cases}x & x>0\\a x & x\le 0\end{cases}",
        derivative_formula=r"f'(x)=\begin{cases}1 & x>0\\a & x\le 0\end{cases}",
        parameters=(Parameter("a", 0.25, slider=(-1.0, 1.0), learnable=True),),
        functions=Functions(
            f.prelu,
            f.prelu_slope,
            lambda params: max(1.0, abs(params["a"])),
            f.prelu_params,
            kinks=_prelu_kinks,
        ),
        card=Card(
            range="(-∞, ∞)",
            largest_slope=1.0,
            largest_slope_at="x > 0",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("continuous, with a kink at 0"),
            saturation=N_("none: slope a on the left, and a is learned"),
            gain=math.sqrt(2.0 / (1.0 + 0.25**2)),
            used=N_("some convolutional networks: faces, super-resolution"),
            paper="He, Zhang, Ren & Sun 2015",
            pytorch="nn.PReLU",
            keras="keras.layers.PReLU",
            jax="flax.linen.PReLU",
        ),
    ),
    Activation(
        name="elu",
        aliases=("exponential_linear",),
        kind=Kind.ELEMENTWISE,
        symbol="ELU",
        formula=r"f(x)=\begin{cases}x & x>0\\\alpha(e^{x}-1) & x\le 0\end{cases}",
        derivative_formula=r"f'(x)=\begin{cases}1 & x>0\\\alpha e^{x} & x\le 0\end{cases}",
        parameters=(Parameter("alpha", 1.0, low=0.0, low_open=False, slider=(0.0, 3.0)),),
        functions=Functions(
            f.elu,
            f.elu_slope,
            lambda params: max(1.0, params["alpha"]),
            f.elu_params,
            kinks=_elu_kinks,
            breaks=_at_zero,
        ),
        card=Card(
            range="(-1, ∞)",
            largest_slope=1.0,
            largest_slope_at="x ≥ 0",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("once differentiable at α = 1, with a kink at 0 otherwise"),
            saturation=N_("-α on the left, none on the right"),
            gain=None,
            used=N_("an occasional alternative to ReLU"),
            paper="Clevert, Unterthiner & Hochreiter 2016",
            pytorch="nn.ELU",
            keras="keras.activations.elu",
            jax="jax.nn.elu",
        ),
    ),
    Activation(
        name="selu",
        aliases=("scaled_elu",),
        kind=Kind.ELEMENTWISE,
        symbol="SELU",
        formula=r"f(x)=\begin{cases}\lambda x & x>0\\\lambda\alpha(e^{x}-1) & x\le 0\end{cases}",
        derivative_formula=r"f'(x)=\begin{cases}\lambda & x>0\\\lambda\alpha e^{x} & x\le 0\end{cases}",
        functions=Functions(
            f.selu, f.selu_slope, lambda params: f.SELU_LAMBDA * f.SELU_ALPHA, kinks=_at_zero
        ),
        card=Card(
            range="(-1.7581, ∞)",
            largest_slope=f.SELU_LAMBDA * f.SELU_ALPHA,
            largest_slope_at=N_("x = 0, coming from the left"),
            zero_centred=True,
            monotonic=True,
            smoothness=N_("continuous, with a kink at 0"),
            saturation=N_("-1.7581 on the left, none on the right"),
            gain=1.0,
            used=N_("deep fully connected networks without normalisation, with LeCun initialisation"),
            paper="Klambauer, Unterthiner, Mayr & Hochreiter 2017",
            pytorch="nn.SELU",
            keras="keras.activations.selu",
            jax="jax.nn.selu",
        ),
    ),
    Activation(
        name="celu",
        aliases=("continuously_differentiable_elu",),
        kind=Kind.ELEMENTWISE,
        symbol="CELU",
        formula=r"f(x)=\max(0,x)+\min(0,\alpha(e^{x/\alpha}-1))",
        derivative_formula=r"f'(x)=\begin{cases}1 & x\ge 0\\e^{x/\alpha} & x<0\end{cases}",
        parameters=(Parameter("alpha", 1.0, low=0.0, slider=(0.05, 3.0)),),
        functions=Functions(f.celu, f.celu_slope, lambda params: 1.0, f.celu_params, breaks=_at_zero),
        card=Card(
            range="(-1, ∞)",
            largest_slope=1.0,
            largest_slope_at="x ≥ 0",
            zero_centred=False,
            monotonic=True,
            smoothness=N_("once differentiable for every α: the second derivative jumps at 0"),
            saturation=N_("-α on the left, none on the right"),
            gain=None,
            used=N_("rare; in place of ELU when α is not 1"),
            paper="Barron 2017",
            pytorch="nn.CELU",
            keras="keras.activations.celu",
            jax="jax.nn.celu",
        ),
    ),
    Activation(
        name="softplus",
        aliases=("smooth_relu",),
        kind=Kind.ELEMENTWISE,
        symbol="softplus",
        formula=r"f(x)=\ln(1+e^{x})",
        derivative_formula=r"f'(x)=\sigma(x)",
        functions=Functions(f.softplus, f.logistic, lambda params: 1.0),
        card=Card(
            range="(0, ∞)",
            largest_slope=1.0,
            largest_slope_at=N_("never reached: the limit for x → ∞"),
            zero_centred=False,
            monotonic=True,
            smoothness=N_("smooth (all derivatives exist)"),
            saturation=N_("0 on the left, none on the right"),
            gain=None,
            used=N_("outputs that must be positive: variances, rates"),
            paper="Dugas, Bengio, Bélisle, Nadeau & Garcia 2001",
            pytorch="nn.Softplus",
            keras="keras.activations.softplus",
            jax="jax.nn.softplus",
        ),
    ),
)
