"""The registry: what the course says or corrects about the claims of its source text, each computed when asked.

A new claim is one `claim(…)` in the module of its topic: an id that begins with the number of the claim in the audit of
the source, the sentence with its number in it, a measure, a bound, the measure's arguments, and the paper if there is
one. It is then known to `acttutor claims`. The bound must be so tight that the statement it corrects would not satisfy
it, and so wide, where chance or rounding has a part in it, that another machine agrees.

A new measure is one `Measure` in `acttutor.experiments.measures`, which says how.
"""

from acttutor.experiments.claims import Claim
from acttutor.experiments.source_claims import (
    bounded,
    gradients,
    mixtures,
    nonlinearity,
    outputs,
    rectifiers,
    unbounded,
    variants,
)

_CLAIMS: tuple[Claim, ...] = tuple(
    sorted(
        (
            *gradients.CLAIMS,
            *rectifiers.CLAIMS,
            *variants.CLAIMS,
            *nonlinearity.CLAIMS,
            *bounded.CLAIMS,
            *unbounded.CLAIMS,
            *outputs.CLAIMS,
            *mixtures.CLAIMS,
        ),
        key=lambda claim: claim.number,
    )
)


def claims() -> tuple[Claim, ...]:
    """All claims, in the order of the source text."""
    return _CLAIMS
