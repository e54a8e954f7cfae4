"""The registry of claims: every statement is true now, says the number that is measured, and could be false."""

import json
import math
import re
from itertools import groupby

import pytest

from acttutor.errors import UserError
from acttutor.experiments.claims import Bound, Claim, chosen, claim, exactly, holds, investigate
from acttutor.experiments.measures import check
from acttutor.experiments.source_claims import claims
from acttutor.plots.sheet import plain

WRONG = (12, 22, 24, 27, 30, 40, 41, 101, 106, 115, 118, 119, 124)
IMPRECISE_WITH_NUMBERS = (4, 7, 8, 10, 19, 21, 26, 29, 33, 36, 46, 48, 54, 62, 76, 83, 94, 110, 126, 128)

_EXPERIMENT = "experiment_"
QUICK = [entry for entry in claims() if not entry.measure.startswith(_EXPERIMENT)]
TRAINED = sorted(
    (entry for entry in claims() if entry.measure.startswith(_EXPERIMENT)),
    key=lambda e: dict(e.args)["experiment"],
)
BY_EXPERIMENT = {str(id): list(those) for id, those in groupby(TRAINED, lambda e: dict(e.args)["experiment"])}


@pytest.mark.parametrize("entry", QUICK, ids=lambda entry: entry.id)
def test_a_claim_holds_says_its_number_and_could_be_false(entry: Claim) -> None:
    _hold_true(entry)


@pytest.mark.parametrize("experiment", BY_EXPERIMENT)
def test_the_claims_about_an_experiment_hold(experiment: str) -> None:
    for entry in BY_EXPERIMENT[experiment]:
        _hold_true(entry)


def _hold_true(entry: Claim) -> None:
    finding = investigate(entry)
    assert finding.holds, f"{entry.id}: measured {finding.measured!r}, bound {entry.bound}"
    assert _says(entry.statement, finding.measured, entry.bound), f"{entry.statement} {finding.measured!r}"
    others = (finding.measured * 30, finding.measured / 30, -finding.measured, finding.measured + 1)
    assert not all(holds(entry.bound, other) for other in others), f"{entry.id} holds whatever is measured"


_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
_POWER = re.compile(r"(?:(?P<mantissa>−?[\d.]+)×)?10(?P<exponent>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_NUMBER = re.compile(r"(?P<number>−?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)(?P<unit>%| million| billion)?")
_UNITS = {"%": 0.01, " million": 1e6, " billion": 1e9}
_WORDS = {"half": 0.5, "a fifth": 0.2, "−∞": -math.inf}


def _numbers(statement: str) -> set[float]:
    """Every number in a sentence: 15,041, 0.25, −1.5, 5×10⁻¹⁹, 96%, 4.9 billion, half."""
    found = {value for word, value in _WORDS.items() if word in statement}
    text = _POWER.sub(lambda m: f"{m['mantissa'] or 1}e{m['exponent'].translate(_RAISED)}", statement)
    for match in _NUMBER.finditer(text):
        number = float(match["number"].replace(",", "").translate(_RAISED))
        found.add(number * _UNITS.get(match["unit"] or "", 1.0))
    return found


def _says(statement: str, measured: float, bound: Bound) -> bool:
    """Whether the sentence has the number: the limit of a one-sided bound, else what is measured, in its digits."""
    limit = bound.below if bound.below is not None else bound.above
    target, tolerance = (measured, 0.015) if bound.equals is not None else (measured, 0.15)
    if limit is not None:
        target, tolerance = limit, 1e-9
    if bound.equals == 0.0:
        target, tolerance = 0.0, 0.0
    return any(n == target or abs(n - target) <= tolerance * abs(target) for n in _numbers(statement))


def test_numbers_are_read_out_of_sentences() -> None:
    text = "At −1.5 it is 96%, 15,041 or 4.9 billion; 5×10⁻¹⁹, 10⁻⁷ and 10 million, half."
    assert sorted(_numbers(text)) == pytest.approx([-1.5, 5e-19, 1e-7, 0.5, 0.96, 15041, 1e7, 4.9e9])
    assert _says("It is 0.25.", 0.2501, Bound(equals=0.25, tolerance=0.001))
    assert not _says("It is 0.26.", 0.25, Bound(equals=0.25, tolerance=0.1))
    assert not _says("It is below 0.2.", 0.1, Bound(below=0.1))


def test_there_is_a_claim_for_everything_wrong_that_has_a_number() -> None:
    numbers = {entry.number for entry in claims()}
    assert numbers >= {*WRONG, *IMPRECISE_WITH_NUMBERS}
    assert len(claims()) >= 75


def test_every_claim_can_be_told_from_the_others_and_read() -> None:
    assert len({entry.id for entry in claims()}) == len(claims())
    assert len({entry.statement for entry in claims()}) == len(claims())
    for entry in claims():
        assert re.fullmatch(r"\d+(-[a-z0-9]+)+", entry.id)
        assert 1 <= entry.number <= 132
        assert re.fullmatch(rf"claim {entry.number}(; .+)?", entry.source)
        assert entry.statement.endswith(".")
        assert entry.statement == " ".join(entry.statement.split())
        assert "?" not in plain(entry.statement), entry.statement
        check(entry.measure, dict(entry.args))


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("12-the-factor-is-constant", 0.1),
        ("12-three-layers-are-no-millionth", 1e-6),
        ("22-relu-gradients-vanish-too", 1.0),
        ("22-a-chain-of-active-relus-shrinks", 1.0),
        ("24-relu-alone-is-no-licence-for-depth", 0.0),
        ("24-relu-with-batch-norm-explodes", 1.0),
        ("27-tanh-slope", 0.25),
        ("30-tanh-learns-at-20-layers", math.log(2)),
        ("30-sigmoids-learn-with-skip-connections", math.log(2)),
        ("40-bert-and-gpt-use-gelu", 0.0),
        ("41-deep-sigmoids-learn-without-relu", math.log(2)),
        ("101-leaky-cuts-nothing", 0.0),
        ("101-leaky-has-no-floor", 0.0),
        ("106-softmax-lives-inside-attention", 0.94),
        ("115-a-fixed-mixture-learns-no-choice", 1.0),
        ("118-acon-is-linear-at-beta-0", 4.0),
        ("119-p-1-is-not-relu", 0.0),
        ("119-p-0-is-swish", 3.0),
        ("124-sigmoid-of-relu-is-never-0", 0.0),
        ("124-sigmoid-of-relu-sits-at-a-half", 0.0),
        ("10-slopes-where-inputs-lie", 0.0),
        ("29-tanh-decays-mildly", 0.25),
        ("83-tanh-keeps-a-seventh", 5e-19),
        ("128-seventy-percent-of-64-is-44", 45),
    ],
)
def test_what_the_source_says_instead_would_not_hold(id: str, said: float) -> None:
    (entry,) = chosen(claims(), [id])
    assert not holds(entry.bound, said)


def test_claims_are_chosen_by_the_beginning_of_their_id_or_by_their_number() -> None:
    assert {entry.number for entry in chosen(claims(), ["12"])} == {12}
    assert [entry.id for entry in chosen(claims(), ["27-TANH-S", "9-sigmoid-slope-at"])] == [
        "9-sigmoid-slope-at-5",
        "27-tanh-slope",
    ]
    assert chosen(claims(), []) == claims()
    with pytest.raises(UserError, match="did you mean 27-tanh-slope"):
        chosen(claims(), ["27-tahn-slope"])


def test_a_claim_that_cannot_be_computed_says_which_it_is() -> None:
    wrong = claim("9-nothing", "0.", "max_slope", exactly(0.25), activation="sigmod")
    with pytest.raises(UserError, match=r"claim 9-nothing: .*did you mean sigmoid"):
        investigate(wrong)


def test_bounds_are_written_as_claim_blocks_write_them() -> None:
    for bound in (exactly(0.25, 0.01), Bound(below=3.0), Bound(above=3.0), Bound(between=(1.0, 2.0))):
        written = json.loads(json.dumps(bound.mapping))
        assert Bound(**{k: tuple(v) if isinstance(v, list) else v for k, v in written.items()}) == bound
