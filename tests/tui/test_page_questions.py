"""Questions on lesson pages: drawn numbers, another one, evidence, and what a language switch must not take."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from acttutor.course.generated import instance
from acttutor.course.questions import presented
from acttutor.learner.events import Answered
from acttutor.tui.app import ActtutorApp
from acttutor.tui.trials import TrialStage
from acttutor.tui.widgets.explanation import Explanation
from acttutor.tui.widgets.question_view import QuestionView, Stage
from acttutor.tui.widgets.trial_view import TrialView
from tests.tui.rooms import open_page, opened, press, settle, text, tutor
from tests.tui.trial_course import LESSON, gated, small_course, until


@pytest.fixture
def app(tmp_path: Path) -> ActtutorApp:
    return tutor(tmp_path / "data", lessons=small_course(tmp_path / "course"))


def question(pilot: Pilot[None], id: str) -> QuestionView:
    """The question on the page that is shown."""
    views = (view for view in pilot.app.screen.query(QuestionView) if view.question.id == id)
    return next(view for view in views if view.is_on_screen)


def answers(app: ActtutorApp) -> list[Answered]:
    return [record.event for record in app.store.records() if isinstance(record.event, Answered)]


async def at_question(pilot: Pilot[None], id: str) -> QuestionView:
    await open_page(pilot, "asked", LESSON)
    view = question(pilot, id)
    view.focus_answer()
    await settle(pilot)
    return view


async def answer_rightly(pilot: Pilot[None]) -> None:
    view = question(pilot, "on-page")
    assert view.question.numeric is not None
    await press(pilot, *f"{view.question.numeric.value:g}", "enter", "2")


async def test_a_page_shows_numbers_and_never_their_names(app: ActtutorApp) -> None:
    async with opened(app, (80, 50)) as pilot:
        view = await at_question(pilot, "on-page")
        await press(pilot, "down", "0", "enter", "2")
        shown = text(pilot)
        weight = view.question.prompt.split("The weight is ")[1].split(".")[0]
        assert f"in braces {{{weight}}}" in shown
        assert f"Add {weight} to itself." in shown
        assert f"2 × {weight} = {2 * int(weight)}." in shown
        assert "{w}" not in shown
        assert "{answer}" not in shown


async def test_the_numbers_stay_while_the_page_is_open_and_the_answer_logs_their_seed(
    app: ActtutorApp,
) -> None:
    async with opened(app) as pilot:
        prompt = (await at_question(pilot, "on-page")).question.prompt
        await press(pilot, "pageup", "pagedown", "L", "L")
        assert (await at_question(pilot, "on-page")).question.prompt == prompt
        await answer_rightly(pilot)
        (given,) = answers(app)
        assert given.correct
        template = app.course.question("on-page")
        assert instance(template, given.seed).prompt == prompt


async def test_another_one_has_other_numbers_and_is_recorded_as_a_repeat(app: ActtutorApp) -> None:
    async with opened(app, (80, 40)) as pilot:
        first = (await at_question(pilot, "on-page")).question.prompt
        await answer_rightly(pilot)
        assert "another one, with other numbers" in text(pilot)
        await press(pilot, "n")
        view = question(pilot, "on-page")
        assert view.stage is Stage.ANSWER
        assert view.question.prompt != first
        assert view.has_focus_within
        await answer_rightly(pilot)
        one, two = answers(app)
        assert (one.repeat, two.repeat) == (False, True)
        assert one.seed != two.seed
        assert instance(app.course.question("on-page"), two.seed).prompt == view.question.prompt


async def test_another_one_is_reached_by_arrows_and_enter_and_by_a_click(app: ActtutorApp) -> None:
    async with opened(app, (80, 40)) as pilot:
        first = (await at_question(pilot, "on-page")).question.prompt
        await answer_rightly(pilot)
        await press(pilot, "tab", "enter")
        second = question(pilot, "on-page").question.prompt
        assert second != first
        await answer_rightly(pilot)
        await pilot.click("#another", offset=(5, 0))
        await settle(pilot)
        assert question(pilot, "on-page").question.prompt != second


async def test_a_page_opened_again_asks_with_new_numbers(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        seeds = set()
        for _ in range(3):
            await at_question(pilot, "on-page")
            await answer_rightly(pilot)
            seeds.add(answers(app)[-1].seed)
            await open_page(pilot, "first", LESSON)
            await until(pilot, lambda: not app.screen.query("#page-2"))
        assert len(seeds) == 3
        assert not any(answer.repeat for answer in answers(app))


async def test_the_language_switch_keeps_an_answer_and_its_reasons(app: ActtutorApp) -> None:
    async with opened(app, (80, 40)) as pilot:
        await at_question(pilot, "picked")
        await press(pilot, "b", "3")
        await press(pilot, "L", "L")
        view = question(pilot, "picked")
        assert view.stage is Stage.REVEALED
        assert "Its slope is tiny." in text(pilot)
        assert len(answers(app)) == 1


async def test_the_language_switch_keeps_what_was_begun(app: ActtutorApp) -> None:
    async with opened(app, (80, 40)) as pilot:
        await at_question(pilot, "on-page")
        await press(pilot, "down", "1", "2")
        await press(pilot, "tab", "shift+tab")
        app.action_switch_language()
        await settle(pilot)
        view = question(pilot, "on-page")
        assert view.draft.given == ("12",)
        assert "itself" in text(pilot)
        view.focus_answer()
        await press(pilot, "enter")
        app.action_switch_language()
        await settle(pilot)
        view = question(pilot, "on-page")
        assert view.stage is Stage.CONFIDENCE
        view.focus_answer()
        await press(pilot, "3")
        (given,) = answers(app)
        assert (given.response, given.hints, given.confidence) == ("12", 1, 3)


async def test_x_puts_an_answer_to_the_test_and_reading_goes_on_meanwhile(
    app: ActtutorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gated(monkeypatch)
    async with opened(app, (80, 40)) as pilot:
        await at_question(pilot, "picked")
        assert "put it to the test" not in text(pilot)
        await press(pilot, "a", "3")
        assert "put it to the test   2 options, seeds 0 to 8" in text(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "50%" in text(pilot))
        await pilot.press("pageup")
        await until(pilot, gate.stopped.is_set)
        await settle(pilot)
        assert "page 2 of 3" in text(pilot)


async def test_the_test_names_the_options_by_their_letters_and_says_who_won(
    app: ActtutorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gated(monkeypatch)
    gate.open.set()
    async with opened(app, (80, 50)) as pilot:
        await at_question(pilot, "picked")
        await press(pilot, "a", "3", "x")
        await until(pilot, lambda: "seeds 0 to 8" in text(pilot) and "holds" in text(pilot))
        shown = text(pilot)
        options = [option.id for option in presented(app.course.question("picked"), 0)]
        letters = dict(zip(options, "AB", strict=True))
        assert f"✓ 1  {letters['bce']}  BCE on the logit" in shown
        assert f"  2  {letters['mse']}  MSE on the probability" in shown
        assert "reached 5, MSE on the probability 104, on 9 of 9" in shown


async def test_escape_stops_the_test_before_it_leaves_the_question(
    app: ActtutorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gated(monkeypatch)
    async with opened(app, (80, 40)) as pilot:
        await at_question(pilot, "picked")
        await press(pilot, "a", "3")
        await pilot.press("x")
        await until(pilot, lambda: "50%" in text(pilot))
        await pilot.press("escape")
        await until(pilot, gate.stopped.is_set)
        explanation = app.screen.query_one(Explanation)
        assert explanation.test is not None
        assert explanation.test.trial.stage is TrialStage.READY
        assert explanation.has_focus


async def test_an_unknown_experiment_costs_a_question_nothing_but_its_test(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    for file in course.glob("01-slopes/lesson.*.md"):
        source = file.read_text(encoding="utf-8")
        file.write_text(
            source.replace("evidence: confident-wrong", "evidence: nobody-knows"), encoding="utf-8"
        )
    app = tutor(tmp_path / "data", lessons=course)
    async with opened(app, (80, 40)) as pilot:
        await at_question(pilot, "picked")
        await press(pilot, "a", "3", "x")
        assert "Its slope stays." in text(pilot)
        assert not app.screen.query_one(Explanation).query(TrialView)


async def test_numbers_that_cannot_be_computed_are_told_in_the_place_of_the_question(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    for file in course.glob("01-slopes/lesson.*.md"):
        source = file.read_text(encoding="utf-8")
        product = '  measure: product\n  args:\n    a: "{w}"\n    b: 2\n'
        file.write_text(
            source.replace(product, product.replace("product", "quotient").replace("2", "0")),
            encoding="utf-8",
        )
    app = tutor(tmp_path / "data", lessons=course)
    async with opened(app, (80, 40)) as pilot:
        await open_page(pilot, "asked", LESSON)
        assert "quotient: b must not be 0" in text(pilot)
        assert "Which loss gets out?" in text(pilot)
        assert not [view for view in app.screen.query(QuestionView) if view.question.id == "on-page"]
