"""Reading a lesson: pages, live parts, what is recorded, and what a hostile lesson cannot do."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from acttutor.course.library import shipped_root
from acttutor.tui.screens.home import HomeScreen
from acttutor.tui.screens.links import ConfirmScreen, PageLinkLine, links_of
from acttutor.tui.screens.quiz import QuizScreen
from acttutor.tui.screens.simulator import SimulatorScreen
from acttutor.tui.widgets.claim_view import ClaimView
from acttutor.tui.widgets.page_view import PageView
from acttutor.tui.widgets.plot import PlotView
from acttutor.tui.widgets.predict_view import PredictView
from tests.tui.rooms import LESSON, open_page, opened, press, settle, text, tutor


async def test_right_turns_the_page_and_counts_it_as_read(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "signpost")
        await press(pilot, "right")
        assert "A chain of factors" in text(pilot)
        assert app.progress.pages_read(LESSON) == {"signpost"}
        await press(pilot, "left")
        assert "A signpost with a length" in text(pilot)
        assert app.progress.pages_read(LESSON) == {"signpost"}


@pytest.mark.parametrize("focus", ["page", "plot", "input"])
async def test_page_down_turns_the_page_whatever_has_the_focus(tmp_path: Path, focus: str) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "sigmoid-slope")
        kind = {"page": PageView, "plot": PlotView, "input": Input}[focus]
        shown = next(view for view in pilot.app.screen.query(PageView) if view.display)
        (shown if focus == "page" else shown.query(kind).first()).focus()
        await press(pilot, "pagedown")
        assert "page 5 of 9" in text(pilot)


async def test_space_reads_to_the_end_of_a_page_before_it_turns(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "chain")
        turns = 0
        while "page 2 of 9" in text(pilot):
            await press(pilot, "space")
            turns += 1
            assert turns < 12
        assert turns > 1


async def test_behind_the_last_page_stand_the_questions_of_the_lesson(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "what-helps")
        await press(pilot, "right")
        assert f"Find out: {len(app.course.lesson(LESSON).questions)} questions" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert "of 10" in text(pilot)


async def test_every_claim_of_the_lesson_is_computed_and_holds(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    claims = 0
    async with opened(app, (100, 60)) as pilot:
        for page in app.course.lesson(LESSON).pages:
            await open_page(pilot, page.id)
            shown = next(view for view in app.screen.query(PageView) if view.display)
            for claim in shown.query(ClaimView):
                verdict = str(claim.query_one("#verdict").render())
                assert "✓ computed now:" in verdict, (page.id, verdict)
                claims += 1
    assert claims >= 5


async def test_a_claim_shows_on_request_how_it_was_computed(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "one-factor")
        next(view for view in pilot.app.screen.query(ClaimView)).focus()
        assert "chain_factor(" not in text(pilot)
        await press(pilot, "v")
        assert "chain_factor(" in text(pilot)


async def test_a_prediction_hides_the_answer_until_it_is_locked_and_keeps_it_then(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "chain")
        assert "9.53674e-07" not in text(pilot)
        await press(pilot, "tab", *"1/1000", "enter")
        shown = text(pilot)
        assert "computed now: 9.53674e-07" in shown
        assert "Off by 3.0 powers of ten" in shown
        assert app.progress.prediction(LESSON, "ten-quarters") == "1/1000"
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "chain")
        assert "computed now: 9.53674e-07" in text(pilot)
        assert pilot.app.screen.query_one("#guess", Input).disabled


async def test_a_guess_that_is_no_number_is_asked_again(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "chain")
        await press(pilot, "tab", *"abc", "enter")
        assert "not a number" in text(pilot)
        assert app.progress.prediction(LESSON, "ten-quarters") is None


async def test_a_predicted_figure_appears_only_after_the_prediction(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "what-it-is-not")
        shown = next(
            view for view in pilot.app.screen.query(PredictView) if view.block.id == "steeper-at-three"
        )
        assert not shown.query(PlotView)
        shown.query_one("#choices").focus()
        await press(pilot, "down", "enter")
        assert shown.query(PlotView)


async def test_a_question_on_the_page_gives_the_reasons_and_records_the_answer(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "signpost")
        await press(pilot, "tab", "a")
        assert "How sure are you?" in text(pilot)
        assert app.progress.answers == 0
        await press(pilot, "3")
        assert app.progress.answers == 1
        shown = text(pilot)
        assert "✓ Right" in shown or "✗ Not quite" in shown


async def test_tab_reaches_a_plot_whose_cursor_moves_and_escape_comes_back(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "sigmoid-slope")
        await press(pilot, "tab")
        assert isinstance(pilot.app.focused, PlotView)
        assert "x = 0 " in text(pilot)
        await press(pilot, "right")
        assert "page 4 of 9" in text(pilot)
        assert "x = 0 " not in text(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.focused, PlotView)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_simulated_network_of_a_page_opens_in_the_simulator_and_escape_returns(
    tmp_path: Path,
) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "one-factor")
        await press(pilot, "tab", "tab", "s")
        assert isinstance(pilot.app.screen, SimulatorScreen)
        assert "step 0 of 25" in text(pilot)
        await press(pilot, "right", "escape")
        assert "page 3 of 9" in text(pilot)


async def test_the_language_switch_keeps_the_page(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "weights")
        await press(pilot, "L")
        shown = text(pilot)
        assert "梯度消失" in shown
        assert "What the weights" not in shown
        await press(pilot, "L")
        assert "What the weights do to that" in text(pilot)


async def test_the_contents_lead_to_a_page(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path)) as pilot:
        await open_page(pilot, "signpost")
        await press(pilot, "o", "down", "down", "enter")
        assert "page 3 of 9" in text(pilot)


async def test_neighbour_pages_are_mounted_and_far_ones_are_not(tmp_path: Path) -> None:
    app = tutor(tmp_path)
    async with opened(app) as pilot:
        await open_page(pilot, "weights")
        for _ in range(100):
            if {view.id for view in app.screen.query(PageView)} == {"page-3", "page-4", "page-5"}:
                break
            await settle(pilot)
        assert {view.id for view in app.screen.query(PageView)} == {"page-3", "page-4", "page-5"}


HOSTILE = """## Hostile [b]page[/b] {#signpost}

Text with [@click=app.quit]a trap[/] and [a] and <b>html</b> and \x1b[31mred\x1b[0m and \u202eright to left.
A [link](https://example.org/x) and a `[bold]code[/bold]`.

```python
print("[red]not run[/red]")
```
"""


async def test_markup_and_escape_sequences_in_a_lesson_are_plain_text(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(shipped_root(), root)
    file = root / "03-vanishing-gradients" / "lesson.en.md"
    source = file.read_text(encoding="utf-8")
    start = source.index("## A signpost")
    end = source.index("## A chain")
    file.write_text(source[:start] + HOSTILE + source[end:], encoding="utf-8")
    app = tutor(tmp_path / "data", lessons=root)
    async with opened(app) as pilot:
        await open_page(pilot, "signpost")
        shown = text(pilot)
        assert "[@click=app.quit]a trap[/] and [a]" in shown
        assert "<b>html</b>" in shown
        assert "[bold]code[/bold]" in shown
        assert "[red]not run[/red]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await press(pilot, "k", "enter")
        assert isinstance(app.screen, ConfirmScreen)
        assert "https://example.org/x" in text(pilot)
        await press(pilot, "escape")
        assert app.is_running


def test_links_that_open_nothing_are_not_offered() -> None:
    markdown = (
        "[a](https://a.org) [b](file:///etc/passwd) [c](javascript:x) [d](http://d.org) [e](glossary:e)"
    )
    assert links_of(markdown) == (
        PageLinkLine("a", "https://a.org"),
        PageLinkLine("d", "http://d.org"),
        PageLinkLine("e", "glossary:e"),
    )
