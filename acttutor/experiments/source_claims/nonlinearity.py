"""Claims 42 to 70: why layers need something between them that is not linear."""

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import LESHNO_1993, MINSKY_1969, SWISH
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "42-linear-layers-cannot-learn-xor",
        N_("Two linear hidden layers learn nothing of XOR: the loss stays at ln 2 = 0.693."),
        "experiment_score",
        exactly(0.693, 0.001),
        experiment="xor",
        arm="no-activation",
    ),
    claim(
        "42-relu-learns-xor",
        N_("With 8 ReLU units XOR is learnt: the median loss after 400 steps is below 0.01."),
        "experiment_score",
        below(0.01),
        experiment="xor",
        arm="relu",
    ),
    claim(
        "43-ten-layers-are-one",
        N_("Ten linear layers and the one layer they make differ by less than 10⁻¹³, which is rounding."),
        "linear_collapse_error",
        below(1e-13),
        depth=10,
    ),
    claim(
        "43-layer-norm-is-not-linear",
        N_("A linear layer with layer normalisation is not affine: adding two inputs misses by about 1.0."),
        "additivity_defect",
        between(0.9, 1.1),
        activation="identity",
        depth=1,
        norm="layer",
    ),
    claim(
        "44-convolution-alone-is-blind",
        N_(
            "A convolution without activation tells bars of random contrast apart no better than a coin: "
            "about 50%."
        ),
        "experiment_score",
        between(0.45, 0.58),
        experiment="conv-activation",
        arm="none",
    ),
    claim(
        "44-convolution-with-relu-sees",
        N_(
            "With ReLU behind it a convolution tells bars of random contrast apart in more than 85% of "
            "all cases."
        ),
        "experiment_score",
        above(0.85),
        experiment="conv-activation",
        arm="relu",
    ),
    claim(
        "45-convolution-is-linear",
        N_("The convolution of a sum is the sum of the convolutions, to less than 10⁻¹³."),
        "conv_additivity_defect",
        below(1e-13),
    ),
    claim(
        "46-a-bias-makes-it-affine",
        N_("At an input of 0 a layer gives its bias, here 0.5, and not 0: it is affine, not linear."),
        "pre_activation",
        exactly(0.5),
        w1=2,
        x1=0,
        bias=0.5,
    ),
    claim(
        "48-no-larger-than-the-bottleneck",
        N_("Two linear layers, 16 to 2 to 16 units, make a map of rank 2: the merged layer is no larger."),
        "bottleneck_rank",
        exactly(2),
        width=16,
        bottleneck=2,
    ),
    claim(
        "48-valid-convolutions-merge",
        N_("Without padding two 3x3 convolutions are one 5x5 convolution, to less than 10⁻¹³."),
        "conv_collapse_error",
        below(1e-13),
        padding="valid",
    ),
    claim(
        "48-padded-convolutions-do-not-merge",
        N_(
            "With zero padding two 3x3 convolutions differ from one 5x5 convolution at the border, by "
            "more than 1."
        ),
        "conv_collapse_error",
        above(1.0),
        padding="zero",
    ),
    claim(
        "51-xor-is-not-separable",
        N_("No linear threshold gets more than 3 of the 4 cases of XOR right: 75%."),
        "xor_linear_accuracy",
        exactly(0.75),
        paper=MINSKY_1969,
    ),
    claim(
        "51-xor-least-squares",
        N_("The best straight fit of XOR says 0.5 everywhere and has a mean square error of 0.25."),
        "xor_linear_error",
        exactly(0.25, 1e-12),
        paper=MINSKY_1969,
    ),
    claim(
        "51-a-product-makes-xor-linear",
        N_("With x1·x2 as a third input XOR is linear: the error is below 10⁻²⁰."),
        "xor_product_error",
        below(1e-20),
    ),
    claim(
        "51-two-relu-units-are-enough",
        N_("relu(s) − 2relu(s − 1) with s = x1 + x2 is XOR, with an error of 0."),
        "xor_relu_error",
        exactly(0.0),
    ),
    claim(
        "52-relu-is-not-linear",
        N_(
            "Ten layers with ReLU between them do not add up: f(a + b) and f(a) + f(b) − f(0) differ by "
            "more than 0.01."
        ),
        "additivity_defect",
        above(0.01),
        activation="relu",
    ),
    claim(
        "54-no-relu-behind-a-signed-output",
        N_("A ReLU behind the output cannot follow a target between −3 and 3: the error stays at 2.36."),
        "experiment_score",
        between(2.33, 2.40),
        experiment="reg-signed",
        arm="relu",
    ),
    claim(
        "55-width-approximates",
        N_("320 random tanh units approximate a wavy function on [−3, 3] to less than 0.002."),
        "approximation_error",
        below(0.002),
        paper=LESHNO_1993,
        activation="tanh",
        width=320,
    ),
    claim(
        "55-linear-units-do-not",
        N_("Linear units stay at the best straight line, an error of 1.187, however many there are."),
        "approximation_error",
        exactly(1.187, 5e-4),
        paper=LESHNO_1993,
        activation="identity",
        width=320,
    ),
    claim(
        "55-nor-do-squares",
        N_("Units that square their input stay at the best parabola, an error of 0.797."),
        "polynomial_error",
        exactly(0.7975, 5e-5),
        paper=LESHNO_1993,
        degree=2,
    ),
    claim(
        "55-nothing-is-promised-outside",
        N_(
            "On [3, 6], outside the interval [−3, 3] on which they were fitted, 80 ReLU units have an "
            "error above 5."
        ),
        "approximation_error_outside",
        above(5.0),
        activation="relu",
        width=80,
    ),
    claim(
        "58-steps-cannot-be-trained",
        N_(
            "Hidden units with a 0/1 step do not learn by backpropagation: the accuracy on two rings is "
            "about 57%."
        ),
        "experiment_score",
        between(0.5, 0.68),
        experiment="step-hidden",
        arm="step",
    ),
    claim(
        "58-smooth-units-can",
        N_("Hidden tanh units learn the two rings that step units cannot learn, to an accuracy above 97%."),
        "experiment_score",
        above(0.97),
        experiment="step-hidden",
        arm="tanh",
    ),
    claim(
        "64-the-slope-is-tiny-not-0",
        N_("At x = 50 the sigmoid's slope is 1.93×10⁻²² and not 0."),
        "slope",
        exactly(1.93e-22, 5e-25),
        activation="sigmoid",
        x=50,
    ),
    claim(
        "64-on-both-sides",
        N_("At x = −10 the sigmoid's slope is 4.5×10⁻⁵, just as at x = 10."),
        "slope",
        exactly(4.54e-5, 5e-8),
        activation="sigmoid",
        x=-10,
    ),
    claim(
        "65-silu-is-a-gate",
        N_("SiLU is a gate on its own input: 2 · σ(2) = 1.7616."),
        "value",
        exactly(1.7616, 5e-5),
        paper=SWISH,
        activation="silu",
        x=2,
    ),
    claim(
        "66-and-not-is-true",
        N_("relu(a − b) is A AND NOT B: 1 for a = 1 and b = 0."),
        "and_not",
        exactly(1.0),
        a=1,
        b=0,
    ),
    claim(
        "66-and-not-is-false",
        N_("relu(a − b) is 0 for a = 1 and b = 1."),
        "and_not",
        exactly(0.0),
        a=1,
        b=1,
    ),
)
