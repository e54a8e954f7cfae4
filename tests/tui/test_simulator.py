"""The simulator's room: every key, the mouse, bad files, both languages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from acttutor.course.library import Loaded
from acttutor.course.model import Course, Language, SimBlock
from acttutor.course.network_file import load
from acttutor.i18n import translator
from acttutor.nn.trace import Phase
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.edit import EditScreen
from acttutor.tui.screens.gradient_check import GradientCheckScreen
from acttutor.tui.screens.simulator import SimulatorScreen
from acttutor.tui.screens.step_text import StepTextScreen
from acttutor.tui.setup import Setup
from acttutor.tui.simulation.cells import cells
from acttutor.tui.simulation.words import sentence
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.network_view import NetworkView
from acttutor.tui.widgets.operation_view import OperationView
from acttutor.tui.widgets.phase_bar import PhaseBar, segments
from acttutor.tui.widgets.predict_bar import PredictBar
from acttutor.tui.widgets.tensor_pane import TensorPane

NETWORK = """\
inputs: 2
layers:
  - {units: 2, activation: relu}
  - {units: 1, activation: sigmoid}
loss: mse
weights: [[[0.31, 0.64], [-0.8, 0.2]], [[0.7], [-0.9]]]
biases: [[0.1, 0.1], [-0.2]]
data:
  - {x: [0.5, 1], y: [1]}
learning_rate: 0.5
"""


@asynccontextmanager
async def simulator(
    tmp_path: Path,
    text: str | None = NETWORK,
    *,
    size: tuple[int, int] = (80, 24),
    animate: bool = True,
    language: str = "en",
    ascii_only: bool = False,
) -> AsyncIterator[tuple[SimulatorScreen, Pilot[None]]]:
    """The app, started in the simulator on a network file."""
    path = tmp_path / "network.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    setup = Setup(
        data_directory=tmp_path / "data",
        language=language,
        animate=animate,
        ascii=ascii_only,
        start="simulator",
        network=path,
    )
    app = ActtutorApp(setup)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        room = app.screen
        assert isinstance(room, SimulatorScreen)
        yield room, pilot


def place(room: SimulatorScreen) -> Stepper:
    assert room.stepper is not None
    return room.stepper


def text_of(room: SimulatorScreen) -> str:
    """What the network and the operation show."""
    views = (room.query_one(PhaseBar), room.query_one(NetworkView), room.query_one(OperationView))
    return "\n".join(view.render().plain for view in views)


async def test_keys_move_forwards_and_backwards_in_time(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        seen = [text_of(room)]
        for key in ("right", "enter", "right"):
            await pilot.press(key)
            seen.append(text_of(room))
        assert len(set(seen)) == 4
        for before in reversed(seen[:-1]):
            await pilot.press("left")
            assert text_of(room) == before
        await pilot.press("end")
        assert place(room).upcoming is None
        await pilot.press("left_square_bracket", "shift+left")
        assert place(room).phase is Phase.BACKWARD
        await pilot.press("home", "right_square_bracket", "shift+right")
        assert place(room).phase is Phase.LOSS


async def test_an_off_unit_is_shown_and_explained(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("right", "right")
        text = text_of(room)
        assert "0 off" in text
        assert "its gradient will be 0" in text
        assert "ReLU(0.5 ⋅ 0.31 + 1 ⋅ (-0.8) + 0.1) = ReLU(-0.545) = 0" in text


async def test_up_and_down_choose_the_number_in_the_formula(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("right")
        assert "= -0.545" in text_of(room)
        await pilot.press("down")
        assert place(room).entry == (0, 1)
        assert "= 0.62" in text_of(room)
        await pilot.press("up")
        assert place(room).entry == (0, 0)


async def test_the_phase_bar_and_its_arrows_can_be_clicked(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        bar = room.query_one(PhaseBar)
        backward = segments(place(room), bar.content_size.width, bar.translator)[2]
        await pilot.click(PhaseBar, offset=(1 + backward.left + 2, 0))
        assert place(room).index == backward.count.first + 2
        await pilot.click(PhaseBar, offset=(78, 0))
        assert place(room).index == backward.count.first + 3
        await pilot.click(PhaseBar, offset=(80 - 1 - cells(bar.count_text), 0))
        assert place(room).index == backward.count.first + 2


async def test_time_runs_by_itself_until_paused_and_stops_at_the_end(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("space")
        assert place(room).index == 1
        assert "running" in text_of(room)
        room.tick()
        assert place(room).index == 2
        await pilot.press("space")
        assert "running" not in text_of(room)
        await pilot.press("end", "left", "space")
        room.tick()
        assert place(room).upcoming is None
        assert "running" not in text_of(room)


async def test_without_animation_running_goes_to_the_end_of_the_phase(tmp_path: Path) -> None:
    async with simulator(tmp_path, animate=False) as (room, pilot):
        await pilot.press("space")
        assert (place(room).phase, place(room).index) == (Phase.FORWARD, 4)
        await pilot.press("space", "space")
        assert place(room).phase is Phase.BACKWARD


async def test_an_edit_recomputes_everything_at_the_same_step(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press(*["right"] * 12, "e")
        assert isinstance(pilot.app.screen, EditScreen)
        await pilot.press("enter")
        box = pilot.app.screen.query_one("#edit-input", Input)
        assert box.value == "0.31", "the list opens at the weight whose gradient is looked at"
        box.value = "2"
        await pilot.press("enter")
        await pilot.pause()
        assert place(room).index == 12
        assert place(room).trace.tensor("W1")[0, 0] == 2
        assert place(room).trace.tensor("a1")[0, 0] == pytest.approx(0.3)
        assert "edited" in room.title_text()
        await pilot.press("u")
        assert place(room).trace.tensor("W1")[0, 0] == 0.31
        assert "edited" not in room.title_text()


async def test_a_bad_edit_says_why_and_changes_nothing(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("e", "enter")
        dialog = pilot.app.screen
        dialog.query_one("#edit-input", Input).value = "much"
        await pilot.press("enter")
        assert "'much' is not a number" in dialog.query_one("#edit-error", Static).render().plain
        await pilot.press("escape")
        assert dialog.query_one("#edit-list", OptionList).has_focus
        await pilot.press("escape")
        assert pilot.app.screen is room
        assert "edited" not in room.title_text()


async def test_reset_takes_every_edit_back(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        for value in ("5", "6"):
            await pilot.press("e", "enter")
            pilot.app.screen.query_one("#edit-input", Input).value = value
            await pilot.press("enter")
            await pilot.pause()
        assert place(room).trace.tensor("W1")[0, 0] == 6
        await pilot.press("r")
        assert place(room).trace.tensor("W1")[0, 0] == 0.31


async def test_every_gradient_is_held_against_a_finite_difference(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (_, pilot):
        await pilot.press("g")
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, GradientCheckScreen)
        rows = dialog.query_one("#check-rows", Static).render().plain.splitlines()
        assert len(rows) == 1 + 4 + 2 + 2 + 1
        assert all(row.rstrip().endswith("✓") for row in rows[1:])
        assert "All 9 gradients agree" in dialog.query_one("#check-sum", Static).render().plain


async def test_a_predicted_number_stays_hidden_until_it_is_typed(tmp_path: Path) -> None:
    async with simulator(tmp_path, size=(130, 40)) as (room, pilot):
        await pilot.press("p")
        assert place(room).index == 1
        pane = room.query_one(TensorPane)
        assert "-0.545" not in text_of(room) + pane.render().plain
        assert "= ?" in text_of(room)
        await pilot.press(*"-0.645", "enter")
        words = room.query_one("#predict-words", Static)
        assert "forgot the bias" in words.render().plain
        assert "-0.545" not in text_of(room)
        room.query_one("#predict-input", Input).value = "-0.545"
        await pilot.press("enter")
        await pilot.pause()
        assert "Right" in words.render().plain
        assert "-0.545" in text_of(room)
        await pilot.press("enter")
        await pilot.pause()
        assert place(room).index == 2
        await pilot.press("down")
        await pilot.pause()
        assert "a1[1,2]" in words.render().plain
        await pilot.press("escape")
        await pilot.pause()
        assert place(room).index == 1, "a number that was not predicted is not computed yet"
        assert not room.query_one(PredictBar).display


async def test_a_prediction_can_be_given_up_and_words_are_no_number(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("p", *"abc", "enter")
        words = room.query_one("#predict-words", Static)
        assert "not a number" in words.render().plain
        room.query_one("#predict-input", Input).value = ""
        await pilot.press("enter")
        await pilot.pause()
        assert "It is z1[1,1] = -0.545" in words.render().plain


async def test_a_new_weight_can_be_predicted_from_what_is_shown(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("end", *["left"] * 4, "p")
        await pilot.pause()
        text = text_of(room)
        assert place(room).phase is Phase.UPDATE
        assert "W1 " in text
        assert "dW1 " in text
        assert "= 0.5" in text, "the learning rate is needed too"


async def test_after_the_last_number_there_is_none_to_predict(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("end", "p")
        assert not room.query_one(PredictBar).display
        assert place(room).upcoming is None


async def test_the_whole_step_can_be_read_as_text(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("right", "t")
        assert isinstance(pilot.app.screen, StepTextScreen)
        text = pilot.app.screen.query_one("#step-text", Static).render().plain
        assert all(f"writes {operation.writes} " in text for operation in place(room).trace.operations)
        await pilot.press("escape")
        assert pilot.app.screen is room


async def test_tab_shows_the_tensors_in_place_of_the_network_where_it_is_narrow(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        pane = room.query_one(TensorPane)
        assert not pane.display
        await pilot.press("right", "tab")
        await pilot.pause()
        assert pane.display
        assert pane.has_focus
        assert "= z1" in pane.render().plain
        await pilot.press("right")
        assert "= a1" in pane.render().plain, "time can be moved from there too"
        await pilot.press("escape")
        assert not pane.display
        assert pilot.app.screen is room


async def test_tensors_stand_beside_the_network_where_it_is_wide(tmp_path: Path) -> None:
    async with simulator(tmp_path, size=(130, 40)) as (room, pilot):
        await pilot.press("right")
        pane = room.query_one(TensorPane)
        assert pane.display
        assert room.query_one(NetworkView).region.right <= pane.region.x
        assert "= z1" in pane.render().plain


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (160, 50)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_essential_is_cut_off(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with simulator(tmp_path, size=size, language=language) as (room, _):
        for _operation in place(room).trace.operations:
            room.action_step(1)
            for view in (
                room.query_one(PhaseBar),
                room.query_one(NetworkView),
                room.query_one(OperationView),
            ):
                lines = view.render().plain.split("\n")
                assert max(map(cells, lines)) <= view.content_size.width
                assert len(lines) <= view.content_size.height
            operation = place(room).current
            assert operation is not None
            told = sentence(place(room).trace, operation, place(room).entry, room.translator)
            shown = room.query_one(OperationView).render().plain
            assert "".join(told.split()) in "".join(shown.split())


async def test_a_broken_file_is_one_clear_message_and_no_crash(tmp_path: Path) -> None:
    async with simulator(tmp_path, NETWORK.replace("relu", "rleu")) as (room, pilot):
        message = room.query_one("#sim-message", Static)
        assert message.display
        assert "network.yaml:3:" in message.render().plain
        assert "relu" in message.render().plain
        await pilot.press("right", "space", "e", "g", "p", "t", "tab", "u", "r", "end")
        assert room.stepper is None
        await pilot.press("escape")
        assert pilot.app.screen is not room


async def test_a_missing_file_is_a_message_too(tmp_path: Path) -> None:
    async with simulator(tmp_path, None) as (room, _):
        assert "network.yaml" in room.query_one("#sim-message", Static).render().plain


async def test_a_network_that_cannot_be_traced_is_a_message(tmp_path: Path) -> None:
    text = NETWORK.replace("activation: relu}", "activation: relu, norm: batch}")
    async with simulator(tmp_path, text) as (room, _):
        assert "normalisation" in room.query_one("#sim-message", Static).render().plain


async def test_switching_the_language_keeps_the_place(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("right", "right", "down", "L")
        await pilot.pause()
        await pilot.pause()
        assert pilot.app.screen is room
        assert (place(room).index, place(room).entry) == (2, (0, 1))
        zh = translator("zh").gettext("step {n} of {total}").format(n=2, total=place(room).total)
        assert zh in text_of(room)


async def test_ascii_draws_with_ascii(tmp_path: Path) -> None:
    async with simulator(tmp_path, ascii_only=True) as (room, _):
        for _operation in place(room).trace.operations:
            room.action_step(1)
            assert text_of(room).isascii()


async def test_without_a_file_the_first_network_of_the_course_with_several_units_in_a_layer_is_opened(
    tmp_path: Path,
) -> None:
    app = ActtutorApp(Setup(data_directory=tmp_path, start="simulator"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        room = app.screen
        assert isinstance(room, SimulatorScreen)
        blocks = [block for lesson in app.course.lessons for page in lesson.pages for block in page.blocks]
        networks = [block for block in blocks if isinstance(block, SimBlock)]
        first = next(b for b in networks if max(layer.units for layer in b.network.network.layers) > 1)
        assert first.id in room.title_text()


async def test_a_course_without_networks_gets_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Loaded(Course("Empty", (), (), (), Language.EN, tmp_path), ())
    monkeypatch.setattr(ActtutorApp, "loaded", property(lambda app: empty))
    app = ActtutorApp(Setup(data_directory=tmp_path, start="simulator"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, SimulatorScreen)
        assert place(app.screen).trace.network.widths == (2, 2, 1)


async def test_a_network_from_a_lesson_replaces_the_one_that_was_open(tmp_path: Path) -> None:
    async with simulator(tmp_path) as (room, pilot):
        await pilot.press("right", "right", "p")
        other = tmp_path / "other.yaml"
        other.write_text(NETWORK.replace("0.31", "3.1"), encoding="utf-8")
        room.tutor.open_simulator(load(other), "other")
        await pilot.pause()
        assert place(room).index == 0
        assert place(room).trace.tensor("W1")[0, 0] == 3.1
        assert "other" in room.title_text()
        assert not room.query_one(PredictBar).display
