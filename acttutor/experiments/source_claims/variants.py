"""Claims 33 to 41 and 62: units that die, the variants of ReLU, and networks that do without it."""

from acttutor.experiments.claims import below, between, claim, exactly
from acttutor.experiments.source_claims.papers import CLEVERT_2016, GELU, HE_2015, LU_2019, SWISH
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "33-dead-units-get-no-gradient",
        N_("A ReLU unit that is off on all data gets a gradient of exactly 0."),
        "dead_gradient",
        exactly(0.0),
        paper=LU_2019,
        bias=-5,
    ),
    claim(
        "33-shifted-inputs-switch-units-off",
        N_(
            "When inputs are N(3, 1) instead of N(0, 1), about a fifth of fresh ReLU units are off on a "
            "whole batch of 64."
        ),
        "never_active",
        between(0.17, 0.26),
        shift=3,
    ),
    claim(
        "34-leaky-alone-stays-linear",
        N_(
            "Where all hidden biases start at −5, changing ReLU to Leaky ReLU gets only as far as a "
            "straight fit: the error stays at 0.152."
        ),
        "experiment_score",
        exactly(0.152, 0.004),
        experiment="dead-bias",
        arm="leaky",
    ),
    claim(
        "34-resetting-the-bias-repairs",
        N_("Where all hidden biases start at −5, setting them to 0.1 brings the error below 0.03."),
        "experiment_score",
        below(0.03),
        experiment="dead-bias",
        arm="reset-bias",
    ),
    claim(
        "35-prelu-learns-from-negative-inputs",
        N_("The slope of PReLU by its own parameter a is min(0, x): −2 at x = −2."),
        "parameter_slope",
        exactly(-2.0),
        paper=HE_2015,
        activation="prelu",
        parameter="a",
        x=-2,
    ),
    claim(
        "36-elu-bends-abruptly",
        N_("At 0 the second slope of ELU jumps by −1, from 1 to 0: it is smooth once, not twice."),
        "second_slope_jump",
        exactly(-1.0, 1e-6),
        paper=CLEVERT_2016,
        activation="elu",
        x=0,
    ),
    claim(
        "36-elu-with-another-alpha-has-a-kink",
        N_("With α = 2 even the slope of ELU jumps at 0, by −1."),
        "slope_jump",
        exactly(-1.0, 1e-6),
        paper=CLEVERT_2016,
        activation="elu",
        alpha=2,
        x=0,
    ),
    claim(
        "36-second-derivatives-need-smoothness",
        N_(
            "On u'' = −sin x a layer of ReLU units gets no further than u = 0, an error of 0.706: its "
            "second derivative is 0 everywhere but at kinks."
        ),
        "experiment_score",
        exactly(0.706, 0.002),
        experiment="pinn",
        arm="relu",
    ),
    claim(
        "36-tanh-has-second-derivatives",
        N_("On u'' = −sin x a layer of tanh units gets to an error below 10⁻⁸."),
        "experiment_score",
        below(1e-8),
        experiment="pinn",
        arm="tanh",
    ),
    claim(
        "37-gelu-slope",
        N_("The slope of GELU goes up to 1.129, not just 1."),
        "max_slope",
        exactly(1.129, 5e-4),
        paper=GELU,
        activation="gelu",
    ),
    claim(
        "37-silu-slope",
        N_("The slope of SiLU goes up to 1.0998."),
        "max_slope",
        exactly(1.0998, 5e-5),
        paper=SWISH,
        activation="silu",
    ),
    claim(
        "37-selu-slope",
        N_("On the positive side the slope of SELU is 1.0507."),
        "slope",
        exactly(1.0507, 5e-5),
        activation="selu",
        x=1,
    ),
    claim(
        "39-sigmoid-mean-square-slope",
        N_(
            "For z ~ N(0, 1) the mean square slope of the sigmoid is 0.0448; the weights would have to "
            "make up for that."
        ),
        "mean_square_slope",
        exactly(0.0448, 5e-5),
        activation="sigmoid",
    ),
    claim(
        "39-tanh-mean-square-slope",
        N_("For z ~ N(0, 1) the mean square slope of tanh is 0.464, almost that of ReLU, 0.5."),
        "mean_square_slope",
        exactly(0.4644, 5e-5),
        activation="tanh",
    ),
    claim(
        "40-bert-and-gpt-use-gelu",
        N_("GELU, which BERT and GPT use, is not ReLU: it goes down to −0.170."),
        "min_value",
        exactly(-0.16997, 5e-6),
        paper=GELU,
        activation="gelu",
    ),
    claim(
        "40-gpt-2-computes-gelu-by-tanh",
        N_("The tanh formula by which GPT-2 computes GELU is off by at most 0.00047."),
        "largest_gap",
        exactly(0.000473, 1e-6),
        paper=GELU,
        a="gelu",
        b="gelu_tanh",
    ),
    claim(
        "41-deep-sigmoids-learn-without-relu",
        N_(
            "A sigmoid network of 16 layers learns two spirals without any ReLU once it has batch "
            "normalisation: its loss falls below 0.4."
        ),
        "experiment_score",
        below(0.4),
        experiment="deep-sigmoid-rescue",
        arm="batch-norm",
        seeds=3,
    ),
    claim(
        "62-off-is-not-dead",
        N_(
            "Of fresh ReLU units with He's weights none is off on a whole batch of 64 inputs N(0, 1), "
            "though each is off on half of them."
        ),
        "never_active",
        exactly(0.0),
        shift=0,
    ),
)
