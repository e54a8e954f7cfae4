"""Functions of a whole vector, and the one that is more than a function: maxout."""

from acttutor.nn import vector as v
from acttutor.nn.kinds import N_, Activation, Card, Functions, Kind

VECTORS: tuple[Activation, ...] = (
    Activation(
        name="softmax",
        kind=Kind.VECTOR,
        symbol="softmax",
        formula=r"s_i=\frac{e^{z_i}}{\sum_j e^{z_j}}",
        derivative_formula=r"\frac{\partial s_i}{\partial z_j}=s_i(\delta_{ij}-s_j)",
        functions=Functions(
            v.softmax, v.softmax_jacobian, lambda params: 0.25, pull_back=v.softmax_pull_back
        ),
        card=Card(
            range=N_("(0, 1) each, summing to 1"),
            largest_slope=0.25,
            largest_slope_at=N_("on the diagonal, where an entry is 1/2"),
            zero_centred=False,
            monotonic=True,
            smoothness=N_("smooth (all derivatives exist)"),
            saturation=N_("where one logit dominates, the whole Jacobian goes to 0"),
            gain=1.0,
            used=N_("multi-class outputs with cross-entropy, attention weights, routing between experts"),
            paper="Boltzmann 1868; Bridle 1990",
            pytorch="nn.Softmax",
            keras="keras.activations.softmax",
            jax="jax.nn.softmax",
        ),
    ),
    Activation(
        name="log_softmax",
        aliases=("logsoftmax",),
        kind=Kind.VECTOR,
        symbol="log softmax",
        formula=r"\ell_i=z_i-\ln\sum_j e^{z_j}",
        derivative_formula=r"\frac{\partial \ell_i}{\partial z_j}=\delta_{ij}-s_j",
        functions=Functions(
            v.log_softmax, v.log_softmax_jacobian, lambda params: 1.0, pull_back=v.log_softmax_pull_back
        ),
        card=Card(
            range=N_("(-∞, 0) each"),
            largest_slope=1.0,
            largest_slope_at=N_("never reached: the limit where one class is certain"),
            zero_centred=False,
            monotonic=True,
            smoothness=N_("smooth (all derivatives exist)"),
            saturation=N_("none for improbable classes: a straight line"),
            gain=1.0,
            used=N_("cross-entropy without overflow"),
            paper="Bridle 1990",
            pytorch="nn.LogSoftmax",
            keras="keras.activations.log_softmax",
            jax="jax.nn.log_softmax",
        ),
    ),
    Activation(
        name="maxout",
        kind=Kind.CARD,
        symbol="maxout",
        formula=r"f(x)=\max_k(w_k\cdot x+b_k)",
        derivative_formula=r"\frac{\partial f}{\partial x}=w_k\quad\text{for the largest}\ k",
        card=Card(
            range="(-∞, ∞)",
            largest_slope=None,
            largest_slope_at=N_("as steep as its steepest learned line"),
            zero_centred=False,
            monotonic=False,
            smoothness=N_("continuous, with kinks where two lines cross"),
            saturation=N_("none"),
            gain=None,
            used=N_("rare: it multiplies the parameters; ReLU and Leaky ReLU are special cases"),
            paper="Goodfellow, Warde-Farley, Mirza, Courville & Bengio 2013",
            pytorch="-",
            keras="-",
            jax="-",
        ),
    ),
)
