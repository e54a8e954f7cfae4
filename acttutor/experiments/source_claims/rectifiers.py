"""Claims 17 to 31: ReLU, its weights, and what it did and did not do for deep networks."""

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import (
    HE_2015,
    HE_2016,
    LU_2019,
    PENNINGTON_2017,
)
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "19-relu-has-no-slope-at-0",
        N_(
            "At 0 the slope of ReLU jumps by 1, from 0 on the left to 1 on the right: there it is a "
            "matter of convention."
        ),
        "slope_jump",
        exactly(1.0, 1e-9),
        activation="relu",
        x=0,
    ),
    claim(
        "21-half-of-the-gradient-is-cut",
        N_("For z ~ N(0, 1) the mean square slope of ReLU is 0.5: half of all units let nothing through."),
        "mean_square_slope",
        exactly(0.5, 1e-9),
        paper=HE_2015,
        activation="relu",
    ),
    claim(
        "21-relu-with-small-weights-loses",
        N_(
            "With Xavier's weights a ReLU layer multiplies the gradient by about 0.70, close to the root "
            "of a half, and not by 1."
        ),
        "depth_factor",
        between(0.68, 0.725),
        paper=HE_2015,
        activation="relu",
    ),
    claim(
        "22-relu-gradients-vanish-too",
        N_(
            "Of the gradient at the top of 30 ReLU layers with Xavier's weights about 4×10⁻⁵ is left at "
            "the bottom."
        ),
        "depth_ratio",
        between(1e-5, 1e-4),
        paper=HE_2015,
        activation="relu",
    ),
    claim(
        "22-a-chain-of-active-relus-shrinks",
        N_(
            "A chain of 100 ReLU units that are all active multiplies the gradient by 7.9×10⁻³¹ when "
            "every weight is 0.5."
        ),
        "scalar_chain",
        exactly(7.9e-31, 5e-33),
        activation="relu",
        weight=0.5,
        depth=100,
    ),
    claim(
        "22-a-chain-of-active-relus-explodes",
        N_(
            "A chain of 100 ReLU units that are all active multiplies the gradient by 4.1×10¹⁷ when every"
            " weight is 1.5."
        ),
        "scalar_chain",
        exactly(4.07e17, 5e15),
        activation="relu",
        weight=1.5,
        depth=100,
    ),
    claim(
        "23-he-keeps-the-size",
        N_("With He's weights a ReLU layer keeps the size of the gradient on average: the factor is 0.99."),
        "depth_factor",
        between(0.965, 1.02),
        paper=HE_2015,
        activation="relu",
        init="he",
    ),
    claim(
        "23-narrow-networks-are-born-dead",
        N_(
            "Of ReLU networks that are 4 units wide and 20 layers deep about 59% give 0 for every input "
            "from the start."
        ),
        "born_dead",
        between(0.5, 0.68),
        paper=LU_2019,
        activation="relu",
        width=4,
        depth=20,
    ),
    claim(
        "24-relu-alone-is-no-licence-for-depth",
        N_(
            "Of ReLU networks that are 8 units wide and 100 layers deep more than a fifth are dead from "
            "the start, even with He's weights."
        ),
        "born_dead",
        above(0.2),
        paper=LU_2019,
        activation="relu",
        width=8,
        depth=100,
    ),
    claim(
        "24-relu-with-batch-norm-explodes",
        N_(
            "Through 30 plain ReLU layers with batch normalisation the gradient grows about 200 times: "
            "very deep networks needed skip connections."
        ),
        "depth_ratio",
        between(100.0, 350.0),
        paper=HE_2016,
        activation="relu",
        init="he",
        norm="batch",
    ),
    claim(
        "26-relu-is-0-half-of-the-time",
        N_(
            "For z ~ N(0, 1) ReLU gives exactly 0 in half of all cases: it has a lowest value and takes "
            "it often."
        ),
        "probability_below",
        exactly(0.5, 1e-9),
        activation="relu",
        value=0,
    ),
    claim(
        "27-tanh-slope",
        N_("The slope of tanh reaches 1, at x = 0: a slope of at most 0.25 is the sigmoid's."),
        "max_slope",
        exactly(1.0),
        activation="tanh",
    ),
    claim(
        "27-tanh-is-steeper-than-a-quarter",
        N_("The slope of tanh is above 0.25 wherever |x| is below 1.317."),
        "largest_input",
        exactly(1.317, 5e-4),
        activation="tanh",
        slope=0.25,
    ),
    claim(
        "28-relu-slope",
        N_("The slope of ReLU is at most 1."),
        "max_slope",
        exactly(1.0),
        activation="relu",
    ),
    claim(
        "29-tanh-decays-mildly",
        N_(
            "With Xavier's weights a tanh layer multiplies the gradient by about 0.94, a sigmoid layer by"
            " 0.23."
        ),
        "depth_factor",
        between(0.915, 0.96),
        activation="tanh",
    ),
    claim(
        "29-tanh-can-grow",
        N_("With 5/3 times Xavier's weights a tanh layer multiplies the gradient by about 1.09: it grows."),
        "depth_factor",
        between(1.07, 1.125),
        activation="tanh",
        gain=5 / 3,
    ),
    claim(
        "30-tanh-learns-at-20-layers",
        N_(
            "A plain tanh network of 20 layers with Xavier's weights learns two spirals: its median loss "
            "after 150 steps is below 0.5, where guessing costs 0.693."
        ),
        "experiment_score",
        below(0.5),
        paper=PENNINGTON_2017,
        experiment="deep-plain",
        arm="tanh-xavier",
        seeds=9,
    ),
    claim(
        "30-sigmoids-learn-with-skip-connections",
        N_(
            "A sigmoid network of 16 layers that is stuck at ln 2 learns once it has skip connections: "
            "its loss falls below 0.4."
        ),
        "experiment_score",
        below(0.4),
        paper=HE_2016,
        experiment="deep-sigmoid-rescue",
        arm="residual",
        seeds=3,
    ),
    claim(
        "31-relu-learns-at-20-layers",
        N_(
            "A ReLU network of 20 layers with He's weights learns two spirals: its median loss after 150 "
            "steps is below 0.1."
        ),
        "experiment_score",
        below(0.1),
        paper=HE_2015,
        experiment="deep-plain",
        arm="relu-he",
        seeds=9,
    ),
    claim(
        "31-relu-needs-its-weights",
        N_(
            "With weights ten times too small a ReLU network of 20 layers learns nothing: its loss stays "
            "at ln 2 = 0.693."
        ),
        "experiment_score",
        exactly(0.693, 0.002),
        paper=HE_2015,
        experiment="deep-plain",
        arm="relu-small",
        seeds=9,
    ),
)
