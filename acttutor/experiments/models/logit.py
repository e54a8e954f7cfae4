"""A single logit under gradient descent: the smallest model in which a loss can help or hinder."""

import math

from acttutor.experiments.outcome import Report, paced


def slope(loss: str, logit: float) -> float:
    """dL/dz at a label of 1: σ(z) − 1 for `bce`, and 2(σ(z) − 1)σ′(z) for `mse`, the plain square (p − 1)²."""
    miss = -1.0 / (1.0 + math.exp(logit))
    if loss == "bce":
        return miss
    probability = 1.0 + miss
    return 2.0 * miss * probability * (1.0 - probability)


def steps_to_even_odds(
    loss: str, start: float, rate: float, most: int, report: Report, share: tuple[float, float] = (0.0, 1.0)
) -> int:
    """Steps of z ← z − rate·dL/dz until σ(z) ≥ 0.5 for a label of 1; `most` where that is not enough."""
    logit = start
    for step in paced(most, report, *share):
        if logit >= 0.0:
            return step
        logit -= rate * slope(loss, logit)
    return most
