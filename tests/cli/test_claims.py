"""`acttutor claims`: every claim with its number, and what claims may compute."""

import gettext
import io
import json
import math
import sys

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from acttutor.cli.claims import claims, claims_command
from acttutor.cli.options import AppOptions
from acttutor.cli.output import progress
from acttutor.errors import UserError
from acttutor.experiments.arguments import Arguments, number, word
from acttutor.experiments.claims import Bound, Claim, above, below, between, claim, exactly
from acttutor.experiments.measures import Measure, check, measure, measures
from acttutor.experiments.source_claims import claims as registry
from acttutor.i18n import Translator

TRUE = claim(
    "9-sigmoid", "The sigmoid's slope is at most 0.25.", "max_slope", exactly(0.25), activation="sigmoid"
)
FALSE = claim("27-tanh", "The slope of tanh is at most 0.25.", "max_slope", exactly(0.25), activation="tanh")


def run(*arguments: str, among: tuple[Claim, ...] | None = None, options: AppOptions | None = None) -> Result:
    command = claims if among is None else claims_command(lambda: among, measures)
    return CliRunner().invoke(
        command, list(arguments), prog_name="acttutor claims", obj=options or AppOptions()
    )


def test_claims_that_hold_are_told_with_their_number_and_their_bound() -> None:
    result = run(among=(TRUE,))
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "✓ 9-sigmoid          0.25  = 0.25",
        "    The sigmoid's slope is at most 0.25.",
        "1 claim, and it holds.",
    ]


def test_a_falsified_claim_is_named_and_the_exit_code_is_1() -> None:
    result = run(among=(TRUE, FALSE))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[2].split() == ["✗", "27-tanh", "1", "=", "0.25"]
    assert lines[-1] == "1 of 2 claims do not hold: 27-tanh"


def test_a_falsified_claim_is_false_in_json_and_named_on_stderr() -> None:
    result = run("--json", among=(TRUE, FALSE))
    assert result.exit_code == 1
    rows = json.loads(result.stdout)
    assert [row["holds"] for row in rows] == [True, False]
    assert rows[1] == {
        "id": "27-tanh",
        "source": "claim 27",
        "statement": "The slope of tanh is at most 0.25.",
        "measured": 1.0,
        "bound": {"equals": 0.25, "tolerance": 0.0},
        "holds": False,
    }
    assert result.stderr == "acttutor: these claims do not hold: 27-tanh\n"


def test_every_kind_of_bound_is_a_mapping_in_json() -> None:
    among = tuple(
        Claim(f"{place}-x", place, "1.", "sum_of", (("a", 1.0), ("b", 0.0)), bound, "A paper")
        for place, bound in enumerate((below(2), above(0), between(0, 1), Bound(equals=1, tolerance=0.5)), 1)
    )
    rows = json.loads(run("--json", among=among).stdout)
    assert [row["bound"] for row in rows] == [
        {"below": 2},
        {"above": 0},
        {"between": [0, 1]},
        {"equals": 1, "tolerance": 0.5},
    ]
    assert rows[0]["source"] == "claim 1; A paper"
    assert all(row["holds"] for row in rows)


def test_numbers_that_are_not_finite_are_words() -> None:
    among = (claim("101-floor", "−∞.", "min_value", exactly(-math.inf), activation="leaky_relu"),)
    assert json.loads(run("--json", among=among).stdout)[0]["measured"] == "-inf"
    assert "−∞  = −∞" in run(among=among).stdout


def test_claims_can_be_chosen_by_number_and_by_the_beginning_of_their_id() -> None:
    rows = json.loads(run("--json", "119", "27-tanh-slope").stdout)
    assert {row["id"].partition("-")[0] for row in rows} == {"119", "27"}
    assert all(row["holds"] for row in rows)
    result = run("27-tahn-slope")
    assert result.exit_code == 2
    assert "did you mean 27-tanh-slope" in result.stderr
    assert result.stdout == ""


def test_no_line_is_wider_than_a_terminal_of_80_columns() -> None:
    quick = tuple(entry for entry in registry() if not entry.measure.startswith("experiment_"))
    trained = tuple(
        Claim(entry.id, entry.number, entry.statement, "sum_of", (("a", -1.23456e-16), ("b", 0)), entry.bound)
        for entry in registry()
        if entry.measure.startswith("experiment_")
    )
    for options in (AppOptions(), AppOptions(ascii=True)):
        for lines in (
            run(among=quick + trained, options=options).stdout,
            run("--measures", options=options).stdout,
        ):
            assert len(lines.splitlines()) > 150
            assert all(cell_len(line) <= 80 for line in lines.splitlines())


def test_a_terminal_without_unicode_gets_ascii() -> None:
    for arguments in (("119", "118", "40"), ("--measures",)):
        result = run(*arguments, options=AppOptions(ascii=True))
        assert result.exit_code == 0
        assert result.stdout.isascii()
        assert "?" not in result.stdout
    assert run("119-p-1-is-not", options=AppOptions(ascii=True)).stdout.startswith("ok 119-p-1-is-not-relu")


def test_measures_are_listed_with_their_arguments_and_what_they_are() -> None:
    lines = run("--measures").stdout.splitlines()
    assert "mean_slope(activation, mean=0, std=1)" in lines
    assert lines[lines.index("mean_slope(activation, mean=0, std=1)") + 1].strip().startswith("E[f'(z)]")
    cards = json.loads(run("--measures", "--json").stdout)
    assert [card["name"] for card in cards] == [entry.name for entry in measures()]
    (cross_entropy,) = json.loads(run("--measures", "--json", "cross_entropy_slope").stdout)
    assert cross_entropy["signature"] == "cross_entropy_slope(index, of, z1, z2, z3=-inf, z4=-inf)"
    assert cross_entropy["arguments"][4] == {"name": "z3", "type": "number", "default": "-inf"}
    assert run("--measures", "mean_slpoe").stderr.endswith("(did you mean mean_slope?)\n")


def test_a_measure_that_is_added_shows_up_wherever_measures_do() -> None:
    def between_ends(args: Arguments) -> float:
        share = 0.75 if args.text("nearer") == "high" else 0.25
        return (1.0 - share) * args.number("low") + share * args.number("high")

    added = Measure(
        "point_between",
        "a quarter of the way from the one end",
        (number("low"), number("high", 1.0, low=0.0), word("nearer", "high", choices=("low", "high"))),
        between_ends,
    )
    known = (*measures(), added)
    entry = claim("1-between", "It is 0.25.", "point_between", exactly(0.25), low=-2)
    command = claims_command(lambda: (entry,), lambda: known)

    listed = CliRunner().invoke(command, ["--measures", "point"], obj=AppOptions()).stdout
    assert listed.splitlines() == [
        "point_between(low, high=1, nearer=high)",
        "    a quarter of the way from the one end",
    ]
    assert CliRunner().invoke(command, [], obj=AppOptions()).exit_code == 0
    assert measure("point_between", {"low": 0, "nearer": "low"}, known) == 0.25
    for args, told in (
        ({"low": 0, "high": -1}, "high must be at least 0"),
        ({"low": 0, "nearer": "hihg"}, "did you mean high?"),
        ({}, r"needs the argument low \(point_between\(low, high=1, nearer=high\)\)"),
        ({"low": 0, "hgih": 1}, "did you mean high?"),
    ):
        with pytest.raises(UserError, match=told):
            check("point_between", args, known)
    with pytest.raises(UserError, match="did you mean point_between"):
        measure("point_betwen", {}, known)


def test_claims_are_told_in_the_language_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shouting(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    monkeypatch.setattr("acttutor.i18n.translator", lambda language: Translator(language, Shouting()))
    shouted = run("27-tanh-slope", options=AppOptions(lang="zh")).stdout
    assert "THE SLOPE OF TANH REACHES 1" in shouted
    (row,) = json.loads(run("--json", "27-tanh-slope", options=AppOptions(lang="zh")).stdout)
    assert row["statement"].startswith("The slope of tanh reaches 1")


def test_a_bar_tells_how_far_it_is_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    looks = {"show_pos": True, "item_show_func": lambda id: id or ""}
    with progress(2, "claims", **looks) as move:
        move(1, "9-sigmoid")
        move(2, "27-tanh")
    assert "2/2" in watched.getvalue()
    assert "27-tanh" in watched.getvalue()


def test_a_claim_that_cannot_be_computed_is_one_line_and_exit_code_2() -> None:
    broken = claim("3-broken", "0.", "max_slope", exactly(0), activation="sigmod")
    result = run(among=(broken,))
    assert result.exit_code == 2
    assert (
        result.stderr
        == "acttutor: claim 3-broken: there is no activation called 'sigmod' (did you mean sigmoid?)\n"
    )
