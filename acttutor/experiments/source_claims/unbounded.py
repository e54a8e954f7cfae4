"""Claims 85 to 103: ReLU, Leaky ReLU and ELU, one by one."""

import math

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import CLEVERT_2016, MAAS_2013
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "87-relu-is-slower-here",
        N_("On a small smooth task ReLU still has an error above 0.008 after 300 SGD steps."),
        "experiment_score",
        above(0.008),
        experiment="shallow-tanh-sigmoid",
        arm="relu",
        seeds=9,
    ),
    claim(
        "87-tanh-is-faster-here",
        N_("On a small smooth task tanh has an error below 0.006 after 300 SGD steps."),
        "experiment_score",
        below(0.006),
        experiment="shallow-tanh-sigmoid",
        arm="tanh",
        seeds=9,
    ),
    claim(
        "88-dead-units-stay-dead",
        N_(
            "Where all hidden biases start at −5, training ReLU for longer leaves the error at 0.531, the"
            " variance of the target."
        ),
        "experiment_score",
        exactly(0.531, 0.002),
        experiment="dead-bias",
        arm="longer",
    ),
    claim(
        "89-a-bad-bias-kills",
        N_("With a bias of −5 about 98% of fresh ReLU units are off on a whole batch of 64 inputs N(0, 1)."),
        "never_active",
        between(0.95, 0.995),
        bias=-5,
    ),
    claim(
        "90-relu-is-not-centred",
        N_("For z ~ N(0, 1) the mean of ReLU is 0.3989."),
        "mean_value",
        exactly(1 / math.sqrt(2 * math.pi), 1e-9),
        activation="relu",
    ),
    claim(
        "91-relu-is-a-good-default",
        N_("On a small classification task ReLU gets at least 96.5% of new points right."),
        "experiment_score",
        between(0.965, 1.0),
        experiment="default-choice",
        arm="relu",
    ),
    claim(
        "91-so-is-gelu",
        N_("On a small classification task GELU gets at least 96.5% of new points right."),
        "experiment_score",
        between(0.965, 1.0),
        experiment="default-choice",
        arm="gelu",
    ),
    claim(
        "91-so-is-tanh",
        N_("On a small classification task tanh gets at least 96.5% of new points right."),
        "experiment_score",
        between(0.965, 1.0),
        experiment="default-choice",
        arm="tanh",
    ),
    claim(
        "94-leaky-does-not-cure-the-rate",
        N_(
            "At a learning rate so high that ReLU units die, changing to Leaky ReLU leaves the error "
            "above 0.03."
        ),
        "experiment_score",
        above(0.03),
        experiment="dead-lr",
        arm="leaky",
    ),
    claim(
        "94-a-lower-rate-does",
        N_("Lowering a learning rate at which ReLU units die brings the error below 0.02."),
        "experiment_score",
        below(0.02),
        experiment="dead-lr",
        arm="lower-rate",
    ),
    claim(
        "98-elu-at-minus-6",
        N_("ELU(−6) = −0.99752."),
        "value",
        exactly(-0.99752, 5e-6),
        paper=CLEVERT_2016,
        activation="elu",
        x=-6,
    ),
    claim(
        "99-elu-is-closer-to-centred",
        N_("For z ~ N(0, 1) the mean of ELU is 0.1605: nearer to 0 than ReLU's 0.3989, but not 0."),
        "mean_value",
        exactly(0.1605, 5e-5),
        paper=CLEVERT_2016,
        activation="elu",
    ),
    claim(
        "101-leaky-cuts-nothing",
        N_("Leaky ReLU cuts nothing off: at x = −1000 it is −10."),
        "value",
        exactly(-10.0),
        paper=MAAS_2013,
        activation="leaky_relu",
        x=-1000,
    ),
    claim(
        "101-leaky-has-no-floor",
        N_("Leaky ReLU has no lowest value: it goes down to −∞; the floor at 0 is ReLU's."),
        "min_value",
        exactly(-math.inf),
        paper=MAAS_2013,
        activation="leaky_relu",
    ),
)
