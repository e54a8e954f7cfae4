"""The network as it is drawn."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.i18n import translator
from acttutor.nn.trace import Trace
from acttutor.tui.simulation.cells import cells
from acttutor.tui.simulation.drawing import Row, Style, rows
from acttutor.tui.simulation.scene import Scene
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.network_view import STYLES, as_content, height_of
from tests.tui.networks import mixed, off_unit, traced

EN = translator("en")
MIXED, OFF, WIDE = mixed(), off_unit(), traced((3, 9, 8, 3), ("relu", "tanh", "sigmoid"))
DEEP = traced((1,) * 12, ("sigmoid",) * 11, samples=1)


def lines(
    trace: Trace, index: int, *, width: int = 76, height: int = 11, ascii_only: bool = False, look: int = 0
) -> list[str]:
    scene = Scene(Stepper(trace).at(index).look(look), width, height, EN, ascii_only)
    return ["".join(piece.text for piece in row) for row in rows(scene)]


def styles_of(drawn: tuple[Row, ...], style: Style) -> list[str]:
    return [piece.text for row in drawn for piece in row if piece.style is style]


@given(
    st.sampled_from([MIXED, OFF, WIDE, DEEP]),
    st.integers(0, 60),
    st.integers(0, 40),
    st.integers(0, 160),
    st.integers(0, 30),
    st.booleans(),
)
def test_a_drawing_never_leaves_its_space(
    trace: Trace, index: int, cursor: int, width: int, height: int, ascii_only: bool
) -> None:
    drawn = rows(Scene(Stepper(trace).at(index).look(cursor), width, height, EN, ascii_only))
    assert len(drawn) == height
    for row in drawn:
        assert sum(cells(piece.text) for piece in row) <= width
        assert all("\n" not in piece.text for piece in row)
        if ascii_only:
            assert all(piece.text.replace("…", "").isascii() for piece in row)


@pytest.mark.parametrize("width", [30, 44, 60, 80])
def test_values_appear_as_they_are_computed(width: int) -> None:
    before, after = "\n".join(lines(OFF, 0, width=width)), "\n".join(lines(OFF, 2, width=width))
    assert "0.62" not in before
    assert "0.62" in after


def test_nodes_do_not_move_while_values_appear() -> None:
    def places(index: int) -> list[tuple[int, int]]:
        return [
            (number, match.start())
            for number, line in enumerate(lines(MIXED, index))
            for match in re.finditer("[●○·]", line)
        ]

    assert len({tuple(places(index)) for index in range(len(MIXED.operations) + 1)}) == 1


def test_a_unit_that_is_off_is_marked_by_a_sign_and_a_word() -> None:
    drawn = lines(OFF, 2)
    assert sum("○" in line for line in drawn) == 1
    assert sum("off" in line for line in drawn) == 1
    assert "○" not in "\n".join(lines(OFF, 1)), "whether a unit is off is known once its value is"


def test_the_layer_at_work_is_marked() -> None:
    assert "▸ 1 relu" in lines(OFF, 1)[0]
    assert "▸ 2 sigmoid" in lines(OFF, 3)[0]
    assert "▸" not in lines(OFF, 0)[0]


def test_the_number_under_the_cursor_is_one_and_moves() -> None:
    for look, value in ((0, "-0.545"), (1, "0.62")):
        drawn = rows(Scene(Stepper(OFF).at(1).look(look), 76, 11, EN))
        assert styles_of(drawn, Style.CURSOR_VALUE) == [value]


def test_values_and_gradients_have_names_as_well_as_colours() -> None:
    drawn = "\n".join(lines(OFF, 12, height=12))
    for name in ("x  ", "z  ", "a  ", "da ", "dz ", "y ", "L "):
        assert name in drawn


@pytest.mark.parametrize("width", [20, 30, 40, 56])
def test_where_it_is_narrow_a_gradient_still_differs_from_a_value_without_colour(width: int) -> None:
    for index in range(6, 12):
        for row in rows(Scene(Stepper(OFF).at(index), width, 12, EN)):
            for before, piece in pairwise(row):
                if piece.style in (Style.CURSOR_GRADIENT, Style.FRESH_GRADIENT, Style.GRADIENT):
                    assert before.text.strip() in ("d", "da", "dz")


def test_a_negative_weight_is_a_broken_line() -> None:
    positive = traced((1, 1), ("sigmoid",), samples=1)
    negative = traced((1, 1), ("sigmoid",), samples=1, seed=4)
    assert positive.tensor("W1") > 0 > negative.tensor("W1")
    assert "━━" in "".join(lines(positive, 1))
    assert "╍╍" in "".join(lines(negative, 1))


def test_a_number_being_predicted_is_not_drawn() -> None:
    stepper = Stepper(OFF).at(2)
    hidden = rows(Scene(stepper, 76, 11, EN, hidden="a1"))
    text = "\n".join("".join(piece.text for piece in row) for row in hidden)
    assert "0.62" in text, "z of the second unit is the same number and known"
    assert text.count("0.62") == 1
    assert "off" not in text


def test_many_units_are_cut_and_counted_and_the_cursor_stays_in_sight() -> None:
    drawn = lines(WIDE, 1, width=110, look=8)
    assert any("+3 more" in line for line in drawn)
    assert any(re.search(r"\b9·", line) for line in drawn)


def test_many_layers_are_windowed_around_the_one_at_work() -> None:
    for index in range(len(DEEP.operations) + 1):
        head = lines(DEEP, index, width=50)[0]
        if index:
            assert "▸" in head


def test_every_style_has_a_look() -> None:
    assert set(STYLES) == set(Style)


def test_the_text_for_the_screen_is_the_drawing() -> None:
    drawn = rows(Scene(Stepper(MIXED).at(7), 76, 11, EN))
    content = as_content(drawn)
    assert content.plain == "\n".join("".join(piece.text for piece in row) for row in drawn)
    for span in content.spans:
        assert 0 <= span.start < span.end <= len(content.plain)


@pytest.mark.parametrize("screen", [18, 24, 36, 50])
def test_the_network_leaves_the_operation_its_lines(screen: int) -> None:
    for trace in (MIXED, OFF, WIDE, DEEP):
        assert 5 <= height_of(trace.network, screen) <= max(5, screen - 3 - 10)
