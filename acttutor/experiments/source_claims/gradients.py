"""Claims 1 to 16: gradients on their way down, and what makes them vanish."""

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import ADAM, GLOROT_2010, HE_2016
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "2-backprop-is-the-derivative",
        N_(
            "Backpropagation agrees with finite differences: in a small tanh network every gradient is "
            "right to 10⁻⁷."
        ),
        "gradient_check_error",
        below(1e-7),
        activation="tanh",
    ),
    claim(
        "3-adam-cancels-the-size",
        N_(
            "Adam moves a weight by 0.495 in 50 steps at rate 0.01 when the gradient is always 10⁻⁶, "
            "almost the 0.5 of a gradient of 1: its size hardly counts."
        ),
        "adam_distance",
        exactly(0.495, 5e-4),
        paper=ADAM,
        gradient=1e-6,
        steps=50,
    ),
    claim(
        "3-adam-needs-more-than-epsilon",
        N_(
            "When the gradient is always 10⁻¹⁰, far below Adam's ε = 10⁻⁸, 50 steps of Adam at rate 0.01 "
            "move the weight by only 0.005."
        ),
        "adam_distance",
        exactly(0.005, 1e-4),
        paper=ADAM,
        gradient=1e-10,
        steps=50,
    ),
    claim(
        "4-a-large-gradient-may-explode",
        N_(
            "Through 30 ReLU layers with twice He's weights the gradient grows more than 10 million "
            "times: a large gradient is no clear direction."
        ),
        "depth_ratio",
        above(1e7),
        activation="relu",
        init="he",
        gain=2,
    ),
    claim(
        "6-sigmoid-rounds-to-one",
        N_("The sigmoid never reaches 1, but in float64 it is rounded to exactly 1 from x = 36.7 on."),
        "rounds_to_one",
        exactly(36.7, 0.1),
        activation="sigmoid",
    ),
    claim(
        "7-skip-connections-go-around",
        N_(
            "With skip connections 30 sigmoid layers hand down more gradient than they get, about 4 times"
            " as much: the path around the activations loses nothing."
        ),
        "depth_ratio",
        between(2.5, 6.0),
        paper=HE_2016,
        activation="sigmoid",
        residual="true",
    ),
    claim(
        "7-batch-norm-keeps-the-sigmoid-alive",
        N_("With batch normalisation 30 sigmoid layers keep about half of the gradient (0.52)."),
        "depth_ratio",
        between(0.4, 0.7),
        activation="sigmoid",
        norm="batch",
    ),
    claim(
        "8-weights-count-too",
        N_(
            "With w = 4 and z = 0 in every layer a chain of 100 sigmoids hands its gradient down whole: "
            "(4 · 0.25)¹⁰⁰ = 1."
        ),
        "chain_gradient",
        exactly(1.0),
        activation="sigmoid",
        weight=4,
        z=0,
        depth=100,
    ),
    claim(
        "8-weights-can-make-sigmoids-explode",
        N_(
            "With w = 5 and z = 0 in every layer the gradient of a chain of 100 sigmoids grows 4.9 "
            "billion times."
        ),
        "chain_gradient",
        exactly(4.909e9, 1e6),
        activation="sigmoid",
        weight=5,
        z=0,
        depth=100,
    ),
    claim(
        "9-sigmoid-slope",
        N_("The sigmoid's slope is at most 0.25, at x = 0."),
        "max_slope",
        exactly(0.25),
        activation="sigmoid",
    ),
    claim(
        "9-sigmoid-slope-at-5",
        N_("At x = 5 the sigmoid's slope is down to 0.00665."),
        "slope",
        exactly(0.00665, 5e-6),
        activation="sigmoid",
        x=5,
    ),
    claim(
        "10-slopes-where-inputs-lie",
        N_("For z ~ N(0, 1) the sigmoid's slope is 0.207 on average: most of the time it is not near 0."),
        "mean_slope",
        exactly(0.2066, 5e-5),
        activation="sigmoid",
    ),
    claim(
        "10-slopes-above-a-tenth",
        N_("For z ~ N(0, 1) the sigmoid's slope is at least 0.1 in 96% of all cases."),
        "slope_probability",
        exactly(0.961, 5e-4),
        activation="sigmoid",
        at_least=0.1,
    ),
    claim(
        "10-slopes-of-wide-inputs",
        N_("For widely spread z ~ N(0, 5²) only 32% of the sigmoid's slopes are at least 0.1."),
        "slope_probability",
        exactly(0.320, 5e-4),
        activation="sigmoid",
        at_least=0.1,
        std=5,
    ),
    claim(
        "11-larger-weights-stop-the-decay",
        N_(
            "With 12 times Xavier's weights a sigmoid layer multiplies the gradient by about 1.03: "
            "nothing vanishes."
        ),
        "depth_factor",
        between(0.99, 1.09),
        activation="sigmoid",
        gain=12,
    ),
    claim(
        "12-the-factor-is-constant",
        N_(
            "The factors do not shrink tenfold from layer to layer: with Xavier's weights every sigmoid "
            "layer multiplies the gradient by about 0.233."
        ),
        "depth_factor",
        between(0.224, 0.244),
        paper=GLOROT_2010,
        activation="sigmoid",
    ),
    claim(
        "12-three-layers-are-no-millionth",
        N_(
            "Three sigmoid layers with Xavier's weights keep about 1.2% of the gradient; 0.1 × 0.01 × "
            "0.001 would be a millionth."
        ),
        "depth_ratio",
        between(0.009, 0.016),
        activation="sigmoid",
        depth=4,
    ),
    claim(
        "13-a-quarter-to-the-hundredth",
        N_("The logarithm of 0.25¹⁰⁰ to base 10 is −60.2: small, but not 0."),
        "chain_gradient_log10",
        exactly(-60.206, 5e-4),
        activation="sigmoid",
        depth=100,
    ),
    claim(
        "13-exact-zero-is-underflow",
        N_("No power of 0.25 is 0, but in float32 it is rounded to 0 from the 75th on."),
        "float_underflow_depth",
        exactly(75),
        factor=0.25,
        bits=32,
    ),
    claim(
        "13-sigmoids-vanish-exponentially",
        N_(
            "Of the gradient at the top of 30 sigmoid layers with Xavier's weights about 5×10⁻¹⁹ arrives "
            "at the bottom."
        ),
        "depth_ratio",
        between(1e-19, 3e-18),
        paper=GLOROT_2010,
        activation="sigmoid",
    ),
    claim(
        "14-early-weights-get-nothing",
        N_("The weight gradient of the first of 30 sigmoid layers is about 10⁻¹⁸ of that of the last."),
        "weight_gradient_ratio",
        between(2e-19, 5e-18),
        activation="sigmoid",
    ),
    claim(
        "14-not-with-tanh",
        N_(
            "With tanh and Xavier's weights the first of 30 layers gets a weight gradient about as large "
            "as the last, some 1.3 times."
        ),
        "weight_gradient_ratio",
        between(0.8, 2.0),
        activation="tanh",
    ),
    claim(
        "15-the-top-sees-no-input",
        N_(
            "After 20 sigmoid layers with Xavier's weights the units differ from sample to sample by less"
            " than 10⁻¹¹: the last layers have nothing to learn from."
        ),
        "spread_across_samples",
        below(1e-11),
        activation="sigmoid",
    ),
)
