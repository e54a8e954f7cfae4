"""Claims 71 to 84: sigmoid and tanh."""

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import (
    HOCHREITER_1997,
    LECUN_1998,
    PASCANU_2013,
)
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "71-sigmoid-at-6",
        N_("σ(6) = 0.99753."),
        "value",
        exactly(0.99753, 5e-6),
        activation="sigmoid",
        x=6,
    ),
    claim(
        "73-probabilities-resist-outliers",
        N_(
            "With far-off but easy points in the training data, sigmoid and cross-entropy reach a Brier "
            "score below 0.13."
        ),
        "experiment_score",
        below(0.13),
        experiment="binary-outliers",
        arm="sigmoid-bce",
    ),
    claim(
        "73-squares-do-not",
        N_(
            "With far-off but easy points in the training data, a linear output with squared error has a "
            "Brier score above 0.15."
        ),
        "experiment_score",
        above(0.15),
        experiment="binary-outliers",
        arm="linear-mse",
    ),
    claim(
        "74-sigmoid-gates-hold",
        N_("A recurrent state behind a sigmoid gate stays below 1 for 200 steps."),
        "experiment_score",
        below(1.0),
        paper=HOCHREITER_1997,
        experiment="rnn-gate",
        arm="sigmoid",
    ),
    claim(
        "74-tanh-gates-do-not",
        N_("Behind a tanh gate, which may be negative, a recurrent state grows past 10⁵⁰ in 200 steps."),
        "experiment_score",
        above(1e50),
        experiment="rnn-gate",
        arm="tanh",
    ),
    claim(
        "75-cross-entropy-recovers",
        N_(
            "From a logit of −8 on a positive example cross-entropy needs 90 steps at rate 0.1 to get to "
            "p = 0.5."
        ),
        "logit_steps",
        exactly(90),
        start=-8,
        loss="bce",
    ),
    claim(
        "75-squared-error-is-stuck",
        N_(
            "From a logit of −8 on a positive example squared error on the probability needs 15,041 steps"
            " at rate 0.1 to get to p = 0.5."
        ),
        "logit_steps",
        exactly(15041, 5),
        start=-8,
        loss="mse",
    ),
    claim(
        "76-one-sample-agrees",
        N_("With sigmoid inputs all weight gradients of a unit have one sign on every single sample: 100%."),
        "same_sign",
        exactly(1.0),
        paper=LECUN_1998,
        activation="sigmoid",
    ),
    claim(
        "76-relu-inputs-agree-too",
        N_(
            "With ReLU inputs, too, all weight gradients of a unit have one sign on every single sample: "
            "100%."
        ),
        "same_sign",
        exactly(1.0),
        activation="relu",
    ),
    claim(
        "76-tanh-inputs-do-not",
        N_(
            "With 10 tanh inputs the weight gradients of a unit share one sign on only about 0.2% of all "
            "samples, as 10 coins do."
        ),
        "same_sign",
        between(0.0008, 0.0035),
        paper=LECUN_1998,
        activation="tanh",
    ),
    claim(
        "76-a-batch-mixes-signs",
        N_(
            "Over a batch of 64 samples the gradients of 10 sigmoid inputs share one sign in only about "
            "54% of all cases."
        ),
        "same_sign",
        between(0.5, 0.59),
        activation="sigmoid",
        batch=64,
    ),
    claim(
        "77-sigmoid-features-are-slow",
        N_("Gradient descent on 20 sigmoid features needs about 900 steps to learn 99.99% of the variance."),
        "gd_iterations",
        between(600, 1400),
        paper=LECUN_1998,
        features="sigmoid",
    ),
    claim(
        "77-tanh-features-are-fast",
        N_("Gradient descent on 20 tanh features needs about 12 steps to learn 99.99% of the variance."),
        "gd_iterations",
        between(9, 15),
        paper=LECUN_1998,
        features="tanh",
    ),
    claim(
        "77-the-mean-is-the-trouble",
        N_("The Hessian of a linear layer on 20 sigmoid features has a condition number of about 900."),
        "condition_number",
        between(750, 1050),
        paper=LECUN_1998,
        features="sigmoid",
    ),
    claim(
        "77-without-it-all-is-well",
        N_(
            "Once their mean is taken away, the Hessian on 20 sigmoid features has a condition number of "
            "about 33."
        ),
        "condition_number",
        between(30.0, 37.0),
        paper=LECUN_1998,
        features="centred",
    ),
    claim(
        "79-tanh-is-a-sigmoid",
        N_("tanh(x) = 2σ(2x) − 1: computed both ways it differs by less than 10⁻¹⁴."),
        "tanh_as_sigmoid_error",
        below(1e-14),
    ),
    claim(
        "81-tanh-is-centred",
        N_("For z ~ N(0, 1) the mean of tanh is 0."),
        "mean_value",
        exactly(0.0, 1e-12),
        activation="tanh",
    ),
    claim(
        "81-a-bias-shifts-tanh",
        N_("For z ~ N(1, 1) the mean of tanh is 0.550: centred outputs need centred inputs."),
        "mean_value",
        exactly(0.550, 5e-4),
        activation="tanh",
        mean=1,
    ),
    claim(
        "82-tanh-learns-faster-than-sigmoid",
        N_(
            "Trained by plain SGD for 300 steps, tanh has a lower error than sigmoid and ReLU on at least"
            " 8 of 9 seeds."
        ),
        "experiment_wins",
        between(8, 9),
        experiment="shallow-tanh-sigmoid",
    ),
    claim(
        "83-tanh-is-steeper-near-0-only",
        N_("Beyond |x| = 1.663 the slope of tanh is smaller than the sigmoid's."),
        "slope_crossing",
        exactly(1.663, 5e-4),
        a="tanh",
        b="sigmoid",
    ),
    claim(
        "83-tanh-keeps-a-seventh",
        N_(
            "30 tanh layers with Xavier's weights keep about 0.15 of the gradient, 30 sigmoid layers 5×10⁻¹⁹."
        ),
        "depth_ratio",
        between(0.07, 0.4),
        activation="tanh",
    ),
    claim(
        "84-a-tanh-state-is-bounded",
        N_("A recurrent tanh state with a gain of 1.5 is at most 1 after 200 steps."),
        "experiment_score",
        between(0.99, 1.0),
        experiment="rnn-state",
        arm="tanh",
    ),
    claim(
        "84-a-linear-state-explodes",
        N_("A linear recurrent state with a gain of 1.5 is past 10³⁰ after 200 steps."),
        "experiment_score",
        above(1e30),
        experiment="rnn-state",
        arm="linear",
    ),
    claim(
        "84-tanh-forgets-all-the-same",
        N_("Of the gradient at the end of 50 recurrent tanh steps about 10⁻¹⁰ arrives at the beginning."),
        "recurrent_gradient",
        between(1e-11, 1e-9),
        paper=PASCANU_2013,
        activation="tanh",
    ),
)
