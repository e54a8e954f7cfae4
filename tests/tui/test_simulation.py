"""What the simulator knows and says, without a screen: words, formulas, edits, predictions."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acttutor.errors import UserError
from acttutor.i18n import translator
from acttutor.nn.losses import Loss, Penalty, Regularization
from acttutor.nn.trace import OperationKind, Trace, numbers, trace
from acttutor.tui.simulation.cells import cells, cut, padded, wrapped
from acttutor.tui.simulation.edits import History, Part, Spot, edited, present, spot_of, spots
from acttutor.tui.simulation.formulas import set_formula, without_result
from acttutor.tui.simulation.networks import small_network
from acttutor.tui.simulation.numbers import array_text, fitted, same_number, short
from acttutor.tui.simulation.prediction import Slip, candidates, explain, judge
from acttutor.tui.simulation.units import Slope, slope_at
from acttutor.tui.simulation.words import as_text, heading, place_text, sentence
from acttutor.tui.stepper import entry_of
from acttutor.tui.widgets.tensor_pane import tensor_rows
from tests.tui.networks import mixed, off_unit, step_of, traced

EN = translator("en")
MIXED, OFF = mixed(), off_unit()
CLASSES = traced((2, 3, 3), ("softmax", "softmax"), loss=Loss.CROSS_ENTROPY)
SHORTCUT = traced((2, 2, 2), ("tanh", "relu"), residual=True, penalty=Regularization(Penalty.L1, 0.1))
TRACES = [MIXED, OFF, CLASSES, SHORTCUT, trace(small_network())]


def operation(trace: Trace, kind: OperationKind, layer: int | None = 1) -> int:
    return next(op.index for op in trace.operations if op.kind is kind and op.layer == layer)


# numbers and cells --------------------------------------------------------------------------------------------------


@given(st.floats(-1e300, 1e300))
def test_four_digits_are_shown_and_mean_the_number(value: float) -> None:
    text = short(value)
    assert math.isclose(float(text), value, rel_tol=5.1e-4, abs_tol=1e-320)
    assert text != "-0"
    assert sum(character.isdigit() for character in text.split("e")[0].lstrip("-0.")) <= 8


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(7, 12))
def test_a_number_is_made_to_fit(value: float, space: int) -> None:
    assert len(fitted(value, space)) <= space


@given(st.text(alphabet="ab 中文，.", max_size=60), st.integers(2, 30))
def test_wrapping_keeps_the_words_and_the_width(text: str, space: int) -> None:
    lines = wrapped(text, space)
    assert all(cells(line) <= space for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="ab中文", max_size=30), st.integers(0, 20))
def test_cut_and_padded_text_has_the_width_asked_for(text: str, space: int) -> None:
    assert cells(cut(text, space)) <= space
    assert cells(padded(text, space)) == space


@given(st.integers(1, 12), st.integers(1, 12), st.integers(9, 60))
def test_tensor_rows_fit_and_say_what_they_leave_out(height: int, width: int, space: int) -> None:
    drawn = tensor_rows(np.full((height, width), -0.1234), space)
    assert all(len(line) <= space for line in drawn)
    whole = width * 7 + 2 * (width - 1) <= space
    assert ("…" in drawn[0]) is not whole
    assert (drawn[-1] == "…") is (height > 8)


def test_an_array_in_one_line() -> None:
    assert array_text(np.array([[0.0, 0.62], [1.0, -2.5]])) == "[0  0.62; 1  -2.5]"
    assert array_text(np.array(0.125)) == "0.125"
    assert array_text(np.arange(20.0), 3) == "[0  1  2  …]"


# words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trace", TRACES)
def test_every_operation_has_a_heading_and_a_sentence_for_every_entry(trace: Trace) -> None:
    for op in trace.operations:
        assert heading(trace.network, op, EN)
        for cursor in range(op.value.size):
            entry = entry_of(op, cursor)
            assert sentence(trace, op, entry, EN).endswith((".", "?"))
            assert "{" not in sentence(trace, op, entry, EN) + place_text(trace, op, entry, EN)


def test_an_off_unit_is_said_to_be_off_on_both_ways() -> None:
    forward = OFF.operations[operation(OFF, OperationKind.ACTIVATION)]
    assert "gradient will be 0" in sentence(OFF, forward, (0, 0), EN)
    assert "slope here is 1" in sentence(OFF, forward, (0, 1), EN)
    backward = OFF.operations[operation(OFF, OperationKind.ACTIVATION_GRADIENT)]
    assert backward.value[0, 0] == 0
    assert "multiplied by 0" in sentence(OFF, backward, (0, 0), EN)
    weights = OFF.operations[operation(OFF, OperationKind.WEIGHT_GRADIENT)]
    assert "does not move this weight" in sentence(OFF, weights, (0, 0), EN)


def test_a_unit_far_out_is_saturated_but_not_off() -> None:
    step = step_of((1, 1), ("sigmoid",), samples=1)
    far = replace(step, parameters=replace(step.parameters, biases=(np.array([12.0]),)))
    assert slope_at(trace(far), 1, (0, 0)) is Slope.SATURATED
    assert slope_at(trace(step), 1, (0, 0)) is Slope.ON
    assert slope_at(OFF, 1, (0, 0)) is Slope.OFF


def test_the_text_alternative_has_every_operation_and_every_value() -> None:
    text = as_text(MIXED, 3, EN)
    for op in MIXED.operations:
        assert f"{op.index + 1:>3}. {heading(MIXED.network, op, EN)}" in text
        assert f"writes {op.writes} " in text
    assert text.count("you are here") == 1
    assert max(map(cells, text.splitlines())) <= 70


# formulas -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize("width", [28, 44, 76])
def test_formulas_fit_their_width(trace: Trace, width: int) -> None:
    for op in trace.operations:
        for latex in (op.formula, numbers(trace, op.index, (0,) * op.value.ndim)):
            for ascii_only in (False, True):
                drawn = set_formula(latex, width, ascii_only=ascii_only)
                assert drawn
                assert all(cells(line) <= width for line in drawn)
                assert not ascii_only or all(line.isascii() for line in drawn)


def test_a_formula_too_wide_goes_on_below_before_an_equals_sign() -> None:
    drawn = set_formula("z = 1 + 2 + 3 + 4 = 3 + 3 + 4 = 10", 20)
    assert drawn[0].startswith("z = 1")
    assert all(line.startswith("= ") for line in drawn[1:])


def test_the_result_can_be_kept_back() -> None:
    assert without_result("z = 1 + 2 = 3") == "z = 1 + 2"
    for op in MIXED.operations:
        latex = numbers(MIXED, op.index, (0,) * op.value.ndim)
        assert latex.startswith(without_result(latex))


# edits --------------------------------------------------------------------------------------------------------------


def test_everything_can_be_edited_to_what_it_is_already() -> None:
    for step in (MIXED.step, CLASSES.step, SHORTCUT.step):
        for spot in spots(step):
            same = edited(step, spot, present(step, spot))
            assert trace(same).loss == pytest.approx(trace(step).loss, rel=1e-9)


def test_an_edit_changes_one_number_and_leaves_the_old_step_alone() -> None:
    spot = Spot(Part.PARAMETER, "W1", 1, (1, 0))
    before = OFF.step.parameters.weights[0].copy()
    after = edited(OFF.step, spot, "1/4").parameters.weights[0]
    assert after[1, 0] == 0.25
    assert np.array_equal(OFF.step.parameters.weights[0], before)
    assert (after != before).sum() == 1


def test_an_edit_of_input_target_or_rate_reaches_the_trace() -> None:
    assert trace(edited(OFF.step, Spot(Part.INPUT, "x", 0, (0, 1)), "-2")).tensor("a0")[0, 1] == -2
    assert trace(edited(OFF.step, Spot(Part.TARGET, "y", 0, (0, 0)), "0")).tensor("y")[0, 0] == 0
    assert edited(OFF.step, Spot(Part.LEARNING_RATE, "η"), "0.01").learning_rate == 0.01


def test_another_activation_is_computed_with() -> None:
    other = trace(edited(OFF.step, Spot(Part.ACTIVATION, "f1", 1), "tanh"))
    assert other.tensor("a1")[0, 0] == pytest.approx(math.tanh(-0.545))
    unit = trace(edited(MIXED.step, Spot(Part.ACTIVATION, "f1", 1, (1,)), "elu"))
    assert [applied.name for applied in unit.network.layers[0].activations] == ["relu", "elu", "prelu"]
    assert "p1.2.alpha" in unit.initial


@pytest.mark.parametrize(
    ("spot", "text", "message"),
    [
        (Spot(Part.PARAMETER, "W1", 1, (0, 0)), "half", "'half' is not a number"),
        (Spot(Part.PARAMETER, "W1", 1, (0, 0)), "", "'nothing' is not a number"),
        (Spot(Part.LEARNING_RATE, "η"), "-1", "greater than 0"),
        (Spot(Part.ACTIVATION, "f1", 1), "rleu", "did you mean relu"),
    ],
)
def test_a_bad_edit_is_refused_in_one_line(spot: Spot, text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        edited(OFF.step, spot, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_edit_the_loss_cannot_be_computed_for_is_refused() -> None:
    step = small_network()
    with pytest.raises(UserError):
        edited(step, Spot(Part.ACTIVATION, "f2", 2), "relu")
    with pytest.raises(UserError):
        edited(step, Spot(Part.TARGET, "y", 0, (0, 0)), "3")


def test_undo_and_reset_go_back_to_what_was_loaded() -> None:
    first, second, third = (replace(OFF.step, learning_rate=rate) for rate in (1.0, 2.0, 3.0))
    history = History((first,)).then(second).then(third)
    assert history.undone().current is second
    assert history.reset().current is first
    assert not history.reset().edited
    assert History((first,)).undone().current is first


def test_the_cursor_knows_which_parameter_it_is_about() -> None:
    for op in MIXED.operations:
        spot = spot_of(op, (0,) * op.value.ndim)
        if op.kind in (
            OperationKind.WEIGHT_GRADIENT,
            OperationKind.PENALTY_GRADIENT,
            OperationKind.WEIGHT_UPDATE,
        ):
            assert spot is not None
            assert spot.name == f"W{op.layer}"
        if spot is not None:
            assert spot in spots(MIXED.step)


# predictions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trace", TRACES)
def test_the_right_number_is_right_and_every_foreseen_slip_is_wrong(trace: Trace) -> None:
    for op in trace.operations:
        for cursor in range(op.value.size):
            entry = entry_of(op, cursor)
            value = float(op.value[entry])
            assert judge(trace, op, entry, value).right
            assert judge(trace, op, entry, float(short(value))).right
            for candidate in candidates(trace, op, entry):
                found = judge(trace, op, entry, candidate.value)
                assert not found.right
                assert found.slip is not None
                assert explain(found.slip, op, EN)


@given(st.floats(-1e6, 1e6))
def test_a_number_is_right_only_within_a_hundredth(typed: float) -> None:
    op = OFF.operations[operation(OFF, OperationKind.LINEAR)]
    assume(abs(typed + 0.545) > 0.0055)
    assert not judge(OFF, op, (0, 0), typed).right


@pytest.mark.parametrize(
    ("kind", "layer", "typed", "slip"),
    [
        (OperationKind.LINEAR, 1, 0.31 * 0.5 - 0.8, Slip.BIAS),
        (OperationKind.LINEAR, 1, 0.5 + 1.0 + 0.1, Slip.WEIGHT),
        (OperationKind.ACTIVATION, 1, -0.545, Slip.ACTIVATION),
        (OperationKind.LOSS, None, 2 * OFF.loss, Slip.HALF),
        (OperationKind.LOSS_GRADIENT, 2, float(OFF.tensor("a2")[0, 0]), Slip.TARGET),
        (OperationKind.ACTIVATION_GRADIENT, 2, float(OFF.tensor("da2")[0, 0]), Slip.SLOPE),
        (OperationKind.INPUT_GRADIENT, 2, float(OFF.tensor("dz2")[0, 0]), Slip.WEIGHT),
        (OperationKind.INPUT_GRADIENT, 2, 0.7, Slip.UPSTREAM),
        (OperationKind.WEIGHT_GRADIENT, 2, 0.123, None),
        (OperationKind.WEIGHT_UPDATE, 2, 0.7 - float(OFF.tensor("dW2")[1, 0]), None),
        (OperationKind.BIAS_UPDATE, 2, -0.2 - float(OFF.tensor("db2")[0]), Slip.RATE),
        (OperationKind.BIAS_UPDATE, 2, -0.2 + 0.5 * float(OFF.tensor("db2")[0]), Slip.SIGN),
        (OperationKind.BIAS_UPDATE, 2, -0.5 * float(OFF.tensor("db2")[0]), Slip.OLD_VALUE),
    ],
)
def test_a_wrong_number_tells_which_factor_was_forgotten(
    kind: OperationKind, layer: int | None, typed: float, slip: Slip | None
) -> None:
    op = OFF.operations[operation(OFF, kind, layer)]
    assert judge(OFF, op, (0,) * op.value.ndim, typed).slip is slip


def test_forgetting_the_mean_over_samples_is_told() -> None:
    op = MIXED.operations[operation(MIXED, OperationKind.LOSS_GRADIENT, 3)]
    assert judge(MIXED, op, (0, 0), 2 * float(op.value[0, 0])).slip is Slip.MEAN


def test_a_near_miss_is_called_near() -> None:
    op = OFF.operations[operation(OFF, OperationKind.LINEAR)]
    assert judge(OFF, op, (0, 0), -0.57).near
    assert not same_number(-0.57, -0.545)
