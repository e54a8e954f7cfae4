"""Claims 104 to 113: softmax, output layers and the losses that belong to them, and first aid."""

from acttutor.experiments.claims import above, below, between, claim, exactly
from acttutor.experiments.source_claims.papers import BISHOP, VASWANI_2017
from acttutor.i18n.marks import N_

CLAIMS = (
    claim(
        "104-softmax-of-large-numbers",
        N_("Softmax of 1000, 1001 and 1002 gives the third 0.6652: only differences count."),
        "softmax",
        exactly(0.6652, 5e-5),
        paper=BISHOP,
        index=3,
        z1=1000,
        z2=1001,
        z3=1002,
    ),
    claim(
        "106-softmax-lives-inside-attention",
        N_(
            "Looking up one of 16 items by similarity, softmax weights inside the network have an error "
            "below 0.1."
        ),
        "experiment_score",
        below(0.1),
        paper=VASWANI_2017,
        experiment="attn-pool",
        arm="softmax",
    ),
    claim(
        "106-nothing-else-pools-as-well",
        N_(
            "Looking up one of 16 items by similarity, sigmoid weights in place of softmax leave an error"
            " above 0.25."
        ),
        "experiment_score",
        above(0.25),
        experiment="attn-pool",
        arm="sigmoid",
    ),
    claim(
        "107-the-slope-is-p-minus-y",
        N_("At three equal logits the slope of the cross-entropy by the right one is 1/3 − 1 = −0.667."),
        "cross_entropy_slope",
        exactly(-2 / 3, 1e-12),
        paper=BISHOP,
        index=1,
        of=1,
        z1=0,
        z2=0,
        z3=0,
    ),
    claim(
        "107-softmax-twice-has-a-floor",
        N_("With 10 classes and softmax applied twice the loss cannot get below 1.461."),
        "double_softmax_floor",
        exactly(1.4612, 5e-5),
        classes=10,
    ),
    claim(
        "107-softmax-twice-is-slow",
        N_(
            "After 15 steps the loss on new data is lower with raw logits than with softmax or ReLU "
            "before the loss, on at least 8 of 9 seeds."
        ),
        "experiment_wins",
        between(8, 9),
        experiment="double-softmax",
    ),
    claim(
        "108-softmax-is-no-hidden-unit",
        N_(
            "As the hidden activation of a three-class network softmax still has a loss above 0.08 after "
            "200 steps."
        ),
        "experiment_score",
        above(0.08),
        experiment="hidden-softmax",
        arm="softmax",
    ),
    claim(
        "108-relu-is-one",
        N_("As the hidden activation of a three-class network ReLU has a loss below 0.02 after 200 steps."),
        "experiment_score",
        below(0.02),
        experiment="hidden-softmax",
        arm="relu",
    ),
    claim(
        "110-leaky-does-not-cure-the-inputs",
        N_("Where inputs lie around 20, changing ReLU to Leaky ReLU leaves the error above 0.4."),
        "experiment_score",
        above(0.4),
        experiment="input-shift",
        arm="leaky-raw",
    ),
    claim(
        "110-standardising-does",
        N_("Where inputs lie around 20, standardising them and keeping ReLU brings the error below 0.02."),
        "experiment_score",
        below(0.02),
        experiment="input-shift",
        arm="standardise",
    ),
    claim(
        "111-sigmoid-is-softmax-of-two",
        N_("Softmax of 0 and 1 gives the second 0.7311, which is σ(1)."),
        "softmax",
        exactly(0.7311, 5e-5),
        paper=BISHOP,
        index=2,
        z1=0,
        z2=1,
    ),
    claim(
        "111-many-labels-need-sigmoids",
        N_(
            "With 6 labels that may be on together, 6 sigmoids get more than 45% of all label sets "
            "exactly right."
        ),
        "experiment_score",
        above(0.45),
        experiment="multilabel",
        arm="sigmoids",
    ),
    claim(
        "111-softmax-cannot-say-two",
        N_(
            "With 6 labels that may be on together, softmax with a threshold of 0.5 gets fewer than 20% "
            "of all label sets right."
        ),
        "experiment_score",
        below(0.2),
        experiment="multilabel",
        arm="softmax-half",
    ),
    claim(
        "112-one-of-five-needs-softmax",
        N_(
            "For 5 classes of which one is right softmax has a lower loss on new data than 5 sigmoids on "
            "at least 8 of 9 seeds."
        ),
        "experiment_wins",
        between(8, 9),
        paper=BISHOP,
        experiment="multiclass",
    ),
    claim(
        "113-signed-targets-need-no-activation",
        N_("A linear output learns a target between −3 and 3 to an error below 0.05."),
        "experiment_score",
        below(0.05),
        experiment="reg-signed",
        arm="linear",
    ),
    claim(
        "113-tanh-cannot-reach-3",
        N_("A tanh output cannot follow a target between −3 and 3: the error stays at 1.69."),
        "experiment_score",
        between(1.66, 1.73),
        experiment="reg-signed",
        arm="tanh",
    ),
    claim(
        "113-counts-like-exp",
        N_("For counts exp with the Poisson loss has a deviance below 0.8."),
        "experiment_score",
        below(0.8),
        experiment="reg-counts",
        arm="exp-poisson",
    ),
    claim(
        "113-counts-dislike-straight-lines",
        N_("For counts a linear output with squared error has a deviance above 0.9."),
        "experiment_score",
        above(0.9),
        experiment="reg-counts",
        arm="linear-mse",
    ),
    claim(
        "113-proportions-like-sigmoid",
        N_("For proportions a sigmoid output has an error below 0.01."),
        "experiment_score",
        below(0.01),
        experiment="reg-proportion",
        arm="sigmoid",
    ),
    claim(
        "113-variances-like-softplus",
        N_("For a variance a softplus output learns to a loss below 0."),
        "experiment_score",
        below(0.0),
        experiment="variance-head",
        arm="softplus",
    ),
    claim(
        "113-variances-cannot-be-linear",
        N_("A raw linear output for a variance becomes negative, and the loss breaks: it is past 10⁶."),
        "experiment_score",
        above(1e6),
        experiment="variance-head",
        arm="linear",
    ),
)
