"""Experiments on lesson pages: run, watched, stopped, found again; the screen stays free all the while."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from acttutor.errors import UserError
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.home import HomeScreen
from acttutor.tui.trials import TrialStage
from acttutor.tui.widgets.arms_plot import ArmsPlot
from acttutor.tui.widgets.trial_bar import TrialBar
from acttutor.tui.widgets.trial_view import TrialView
from tests.tui.rooms import lines, open_page, opened, press, settle, text, tutor
from tests.tui.test_cut_off import assert_whole
from tests.tui.trial_course import LESSON, Gate, gated, small_course, until


@pytest.fixture
def app(tmp_path: Path) -> ActtutorApp:
    return tutor(tmp_path / "data", lessons=small_course(tmp_path / "course"))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return gated(monkeypatch)


def view(pilot: Pilot[None]) -> TrialView:
    """The experiment on the page that is shown."""
    return next(view for view in pilot.app.screen.query(TrialView) if view.is_on_screen)


def stage(pilot: Pilot[None]) -> TrialStage:
    return view(pilot).trial.stage


async def at_experiment(pilot: Pilot[None]) -> None:
    """The page with the experiment, the cursor on its button."""
    await open_page(pilot, "second", LESSON)
    view(pilot).query_one(".actions").focus()
    await settle(pilot)


async def begin(pilot: Pilot[None]) -> None:
    """Run it, up to where the gate holds it."""
    await at_experiment(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: view(pilot).trial.share == 0.5)


async def finish(pilot: Pilot[None], gate: Gate) -> None:
    gate.open.set()
    await until(pilot, lambda: stage(pilot) is not TrialStage.RUNNING)
    await settle(pilot)


async def test_it_asks_first_and_does_not_give_the_winner_away(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await at_experiment(pilot)
        shown = text(pilot)
        assert "Which loss gets out of it?" in shown
        assert "1  BCE on the logit" in shown
        assert "run it   2 options, seeds 0 to 2" in shown
        assert "Which one recovers?" in shown
        assert "✓ 1" not in shown
        assert gate.runs == 0


async def test_enter_runs_it_and_the_result_is_drawn_told_and_judged(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        assert "50%" in text(pilot)
        assert "stop" in text(pilot)
        await finish(pilot, gate)
        shown = text(pilot)
        assert "✓ 1  BCE on the logit" in shown
        assert "BCE on the logit reached 2, MSE on the probability 101, on 3 of 3 seeds." in " ".join(
            line.strip(" ▌") for line in shown.splitlines()
        )
        assert "✓ holds   seeds 0 to 2" in shown
        assert "steps (lower is better)" in shown
        assert view(pilot).query_one(ArmsPlot).settled
        assert not view(pilot).query(TrialBar)


@pytest.mark.parametrize("way", ["escape", "enter"])
async def test_a_run_is_stopped_by_escape_or_by_its_button(app: ActtutorApp, gate: Gate, way: str) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await pilot.press(way)
        await until(pilot, gate.stopped.is_set)
        assert stage(pilot) is TrialStage.READY
        assert "run it   2 options" in text(pilot)
        assert "page 2 of 3" in text(pilot)


async def test_a_click_runs_it(app: ActtutorApp, gate: Gate) -> None:
    gate.open.set()
    async with opened(app) as pilot:
        await at_experiment(pilot)
        await pilot.click(".actions", offset=(4, 0))
        await until(pilot, lambda: stage(pilot) is TrialStage.DONE)


async def test_turning_the_page_stops_it(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await pilot.press("pageup")
        await until(pilot, gate.stopped.is_set)
        await press(pilot, "pagedown")
        assert stage(pilot) is TrialStage.READY


async def test_leaving_the_room_stops_it(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await pilot.press("1")
        await until(pilot, gate.stopped.is_set)
        assert isinstance(app.screen, HomeScreen)


async def test_the_help_over_the_page_does_not_stop_it(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert stage(pilot) is TrialStage.RUNNING
        assert not gate.stopped.is_set()
        await finish(pilot, gate)
        assert stage(pilot) is TrialStage.DONE


async def test_the_first_escape_stops_it_even_when_the_page_has_the_keys(
    app: ActtutorApp, gate: Gate
) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        app.screen._focus_page()  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, gate.stopped.is_set)
        assert "page 2 of 3" in text(pilot)


async def test_the_page_scrolls_and_the_footer_answers_while_it_runs(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app, (80, 18)) as pilot:
        await begin(pilot)
        page = app.screen._current_view()  # type: ignore[attr-defined]
        page.focus()
        page.scroll_home(animate=False)
        await pilot.pause()
        await pilot.press("down", "down", "down")
        await until(pilot, lambda: page.scroll_y == 3)
        assert stage(pilot) is TrialStage.RUNNING
        gate.open.set()


async def test_language_theme_and_size_change_while_it_runs(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await pilot.press("L")
        await until(pilot, lambda: bool(app.screen.query(TrialBar)))
        await pilot.resize_terminal(100, 30)
        app.theme = "acttutor-light"
        await pilot.pause()
        assert stage(pilot) is TrialStage.RUNNING
        assert not gate.stopped.is_set()
        assert gate.runs == 1
        await finish(pilot, gate)
        assert stage(pilot) is TrialStage.DONE
        await press(pilot, "L")
        assert stage(pilot) is TrialStage.DONE
        assert view(pilot).query_one(ArmsPlot).settled


async def test_a_result_is_there_at_once_when_the_page_is_opened_again(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await finish(pilot, gate)
        await press(pilot, "pageup", "1")
        await open_page(pilot, "second", LESSON)
        assert stage(pilot) is TrialStage.DONE
        assert view(pilot).query(ArmsPlot)
        assert gate.runs == 1


async def test_other_seeds_are_the_next_block_and_stopping_them_leaves_the_first(
    app: ActtutorApp, gate: Gate
) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await finish(pilot, gate)
        assert "once more, with seeds 3 to 5" in text(pilot)
        gate.open.clear()
        await pilot.press("x")
        await until(pilot, lambda: view(pilot).trial.share == 0.5)
        await pilot.press("escape")
        await until(pilot, gate.stopped.is_set)
        await settle(pilot)
        assert "seeds 0 to 2" in text(pilot)
        await pilot.press("x")
        await until(pilot, lambda: view(pilot).trial.share == 0.5)
        await finish(pilot, gate)
        assert "✓ holds   seeds 3 to 5" in text(pilot)
        assert "BCE on the logit reached 5" in text(pilot)


async def test_how_it_was_done_opens_and_closes_by_key_and_from_the_list(
    app: ActtutorApp, gate: Gate
) -> None:
    async with opened(app, (80, 40)) as pilot:
        await begin(pilot)
        await finish(pilot, gate)
        assert "Two losses on one unit." not in text(pilot)
        await press(pilot, "v")
        assert "Two losses on one unit." in text(pilot)
        assert "Source: Somebody 2020" in text(pilot)
        await press(pilot, "down", "enter")
        assert "Two losses on one unit." not in text(pilot)


async def test_t_tells_the_plot_in_a_table_and_the_language_switch_keeps_it_open(
    app: ActtutorApp, gate: Gate
) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await finish(pilot, gate)
        await press(pilot, "t")
        assert "median" in text(pilot)
        assert "101" in text(pilot)
        await press(pilot, "L", "L")
        assert view(pilot).query_one(ArmsPlot).text_mode
        view(pilot).query_one(ArmsPlot).focus()
        await press(pilot, "t")
        assert not view(pilot).trial.as_text


async def test_left_and_right_turn_the_page_even_from_the_plot(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        await begin(pilot)
        await finish(pilot, gate)
        view(pilot).query_one(ArmsPlot).focus()
        await press(pilot, "left")
        assert "page 1 of 3" in text(pilot)


async def test_what_breaks_down_is_told_where_the_result_would_be(app: ActtutorApp, gate: Gate) -> None:
    async with opened(app) as pilot:
        gate.broken = ZeroDivisionError("all is lost")
        await begin(pilot)
        await finish(pilot, gate)
        assert stage(pilot) is TrialStage.FAILED
        assert "broke down: all is lost" in text(pilot)
        gate.broken = UserError("the seeds are wrong")
        await pilot.press("enter")
        await until(pilot, lambda: "the seeds are wrong" in text(pilot))
        gate.broken = None
        await pilot.press("enter")
        await until(pilot, lambda: stage(pilot) is TrialStage.DONE)
        assert app.crash is None


async def test_an_unknown_experiment_is_told_in_its_place(
    app: ActtutorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_id: str) -> None:
        raise UserError("there is no such experiment")

    monkeypatch.setattr("acttutor.tui.trials.experiment", unknown)
    async with opened(app) as pilot:
        await open_page(pilot, "second", LESSON)
        assert "there is no such experiment" in text(pilot)
        assert "Which one recovers?" not in text(pilot)


async def test_notes_for_the_leader_leave_neither_words_nor_a_gap(app: ActtutorApp) -> None:
    async with opened(app, (80, 50)) as pilot:
        await open_page(pilot, "first", LESSON)
        shown = text(pilot)
        assert "guess first" not in shown
        assert "Let them" not in shown
        claim = next(n for n, line in enumerate(shown.splitlines()) if "computed now" in line)
        assert not "".join(shown.splitlines()[claim + 1 : -1]).strip()
        body = app.screen.query_one("#page-0 LessonView")
        shown_below = [child for child in body.children if child.display]
        assert shown_below[-1].region.bottom >= body.region.bottom - 1


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_is_cut_off_at_eighty_columns(tmp_path: Path, language: str) -> None:
    app = tutor(tmp_path / "data", language, lessons=small_course(tmp_path / "course"))
    async with opened(app) as pilot:
        await at_experiment(pilot)
        assert_whole(pilot, "before")
        await pilot.press("enter")
        await until(pilot, lambda: stage(pilot) is TrialStage.DONE)
        await settle(pilot)
        assert_whole(pilot, "after")
        assert view(pilot).query_one(".actions").is_on_screen
        await press(pilot, "v")
        assert_whole(pilot, "how")
        await press(pilot, "t")
        assert_whole(pilot, "as text")


async def test_only_ascii_is_drawn_where_only_ascii_may_be(tmp_path: Path, gate: Gate) -> None:
    app = tutor(tmp_path / "data", lessons=small_course(tmp_path / "course"), ascii=True)
    async with opened(app) as pilot:
        await begin(pilot)
        assert "####" in text(pilot)
        assert "----" in text(pilot)
        assert not set("".join(lines(pilot)[1:])) & set("━╸╺●○×·")
        await finish(pilot, gate)
        assert "* 1  BCE on the logit" in text(pilot)
        assert not set("".join(lines(pilot)[1:])) & set("━╸╺●○×·─│")
