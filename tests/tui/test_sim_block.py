"""A network to step through in the middle of a lesson page."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from acttutor.course.model import SimBlock
from acttutor.course.network_file import load
from acttutor.i18n import translator
from acttutor.tui.stepper import Stepper
from acttutor.tui.widgets.network_view import NetworkView
from acttutor.tui.widgets.operation_view import OperationView
from acttutor.tui.widgets.phase_bar import PhaseBar
from acttutor.tui.widgets.sim_block import SimBlockView, StepButton
from tests.tui.test_simulator import NETWORK


class Page(App[None]):
    """A page with one block, and a note of what was asked for."""

    def __init__(self, block: SimBlock) -> None:
        super().__init__()
        self.block = block
        self.opened: list[SimBlock] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield SimBlockView(self.block, translator("en"))

    def on_sim_block_view_open_in_simulator(self, event: SimBlockView.OpenInSimulator) -> None:
        self.opened.append(event.block)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(block_of(tmp_path, NETWORK))


def block_of(tmp_path: Path, text: str) -> SimBlock:
    path = tmp_path / "network.yaml"
    path.write_text(text, encoding="utf-8")
    return SimBlock("two-units", 1, load(path), "Watch *one* unit stay off. [@click=app.quit]no link[/]")


def place(page: Page) -> Stepper:
    stepper = page.query_one(SimBlockView).stepper
    assert stepper is not None
    return stepper


async def test_its_keys_step_and_are_released_by_escape(page: Page) -> None:
    async with page.run_test(size=(76, 30)) as pilot:
        view = page.query_one(SimBlockView)
        view.focus()
        await pilot.press("right", "enter", "left", "down")
        assert (place(page).index, place(page).entry) == (1, (0, 1))
        assert "0.62" in page.query_one(NetworkView).render().plain
        assert "= 0.62" in page.query_one(OperationView).render().plain
        await pilot.press("right_square_bracket")
        assert place(page).phase == "loss"
        await pilot.press("end", "home")
        assert place(page).index == 0
        await pilot.press("escape")
        assert not view.has_focus


async def test_its_buttons_step_back_and_on(page: Page) -> None:
    async with page.run_test(size=(76, 30)) as pilot:
        back, on, full = page.query(StepButton)
        for button, index in ((on, 1), (on, 2), (back, 1)):
            await pilot.click(button)
            await pilot.pause()
            assert place(page).index == index
        await pilot.click(PhaseBar, offset=(10, 0))
        assert place(page).index == 3
        await pilot.click(full)
        await pilot.pause()
        assert page.opened == [page.block]


async def test_s_asks_for_the_full_simulator(page: Page) -> None:
    async with page.run_test(size=(76, 30)) as pilot:
        page.query_one(SimBlockView).focus()
        await pilot.press("s")
        assert page.opened == [page.block]


async def test_its_caption_is_no_markup(page: Page) -> None:
    async with page.run_test(size=(76, 30)):
        caption = page.query_one(".caption").render()
        assert "[@click=app.quit]no link[/]" in caption.plain


async def test_a_network_that_cannot_be_traced_says_why_in_its_place(tmp_path: Path) -> None:
    text = NETWORK.replace("activation: relu}", "activation: relu, norm: layer}")
    page = Page(block_of(tmp_path, text))
    async with page.run_test(size=(76, 30)) as pilot:
        view = page.query_one(SimBlockView)
        view.focus()
        await pilot.press("right", "left", "s", "end", "down")
        assert "normalisation" in view.problem
        assert page.opened == []
