"""The quiz on the screen: every kind of question by key, arrows and mouse, reasons, evidence, the summary."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from acttutor.course.generated import instance
from acttutor.course.model import QuestionType
from acttutor.learner.events import Answered, HintShown
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.quiz import QuizScreen
from acttutor.tui.trials import TrialStage
from acttutor.tui.widgets.arms_plot import ArmsPlot
from acttutor.tui.widgets.explanation import Explanation
from acttutor.tui.widgets.question_view import QuestionView, Stage
from tests.course.minimal import FILES, write_course
from tests.tui.rooms import opened, press, settle, text, tutor
from tests.tui.test_cut_off import assert_whole
from tests.tui.trial_course import gated, until

QUESTIONS = 6


@pytest.fixture
def app(tmp_path: Path) -> ActtutorApp:
    return quiz(tmp_path)


def quiz(tmp_path: Path, *only: str, language: str = "en", **options: object) -> ActtutorApp:
    """The app in its quiz room, on a small course that has every kind of question, or only some."""
    files = dict(FILES)
    for name in [name for name in files if "questions" in name]:
        head, *blocks = files[name].split("```quiz\n")
        kept = [
            block for block in blocks if not only or block.partition("\n")[0].removeprefix("id: ") in only
        ]
        files[name] = "```quiz\n".join([head, *kept])
    course = write_course(tmp_path / "course", files)
    return tutor(tmp_path / "data", language, start="quiz", seed=3, lessons=course, **options)


def view(pilot: Pilot[None]) -> QuestionView:
    return pilot.app.screen.query_one(QuestionView)


def right_keys(view: QuestionView) -> list[str]:
    """Keys that answer the question on the screen rightly."""
    question = view.question
    match question.type:
        case QuestionType.NUMERIC:
            assert question.numeric is not None
            return [*f"{question.numeric.value:.4f}", "enter"]
        case QuestionType.ORDER:
            return [*_sorting(view), "enter"]
        case QuestionType.MULTIPLE:
            return [*_letters(view, correct=True), "enter"]
        case QuestionType.CHOICE:
            return _letters(view, correct=True)


def wrong_keys(view: QuestionView) -> list[str]:
    match view.question.type:
        case QuestionType.NUMERIC:
            return [*"12345", "enter"]
        case QuestionType.ORDER:
            return ["shift+down", "shift+up", "enter"]
        case QuestionType.MULTIPLE:
            return [_letters(view, correct=False)[0], "enter"]
        case QuestionType.CHOICE:
            return _letters(view, correct=False)[:1]


def _letters(view: QuestionView, *, correct: bool) -> list[str]:
    return [
        letter for letter, option in zip("abcdefg", view.options, strict=False) if option.correct is correct
    ]


def _sorting(view: QuestionView) -> list[str]:
    """Carries every step to its place, the first one first."""
    order, keys = [option.id for option in view.options], ["home"]
    for place, option in enumerate(view.question.options):
        at = order.index(option.id)
        keys += ["down"] * (at - place) + ["shift+up"] * (at - place) + ["down"]
        order.insert(place, order.pop(at))
    return keys


async def typed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys at a stroke, the last one settled."""
    await pilot.press(*keys)
    await settle(pilot)


def answers(app: ActtutorApp) -> list[Answered]:
    return [record.event for record in app.store.records() if isinstance(record.event, Answered)]


async def test_right_answers_to_every_kind_end_with_a_summary_and_are_all_recorded(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        for number in range(QUESTIONS):
            await typed(pilot, *right_keys(view(pilot)))
            assert view(pilot).stage is Stage.CONFIDENCE
            assert len(answers(app)) == number
            await press(pilot, "3")
            assert len(answers(app)) == number + 1
            assert "✓ Right" in "".join(str(part.render()) for part in view(pilot).query("#verdict"))
            await press(pilot, "enter")
        assert "6 of 6 right at the first try" in text(pilot)
        assert all(answer.correct and answer.confidence == 3 for answer in answers(app))


async def test_a_miss_shows_its_reason_first_and_comes_back_at_the_end(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        missed = view(pilot).question.id
        await typed(pilot, *wrong_keys(view(pilot)), "3")
        assert "✗ Not quite" in text(pilot)
        assert "of 7" in text(pilot)
        await press(pilot, "enter")
        for _ in range(QUESTIONS - 1):
            await typed(pilot, *right_keys(view(pilot)), "2")
            await press(pilot, "enter")
        assert view(pilot).question.id == missed
        assert "Once more" in text(pilot)
        await typed(pilot, *right_keys(view(pilot)), "2")
        await press(pilot, "enter")
        shown = text(pilot)
        assert "5 of 6 right at the first try" in shown
        assert "1 of 1 misses put right" in shown


async def test_arrows_and_enter_answer_without_any_letter(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        assert view(pilot).question.type is QuestionType.CHOICE
        await press(pilot, "down", "enter", "down", "enter")
        assert len(answers(app)) == 1
        assert answers(app)[-1].confidence == 3


async def test_several_are_ticked_by_arrows_and_enter_alone(tmp_path: Path) -> None:
    app = quiz(tmp_path, "both")
    async with opened(app) as pilot:
        asked = view(pilot)
        await press(pilot, "enter", "down", "down", "enter", "down", "enter", "enter")
        first, _second, third = (option.id for option in asked.options)
        assert set(answers(app)[-1].response.split(",")) == {first, third}


async def test_several_are_ticked_by_the_mouse_and_handed_in(tmp_path: Path) -> None:
    app = quiz(tmp_path, "both")
    async with opened(app) as pilot:
        asked = view(pilot)
        for line in (0, 1, 1, 2, 3):
            await pilot.click("#options", offset=(6, line))
            await settle(pilot)
        assert asked.stage is Stage.CONFIDENCE
        await pilot.click("#sure", offset=(3, 0))
        await settle(pilot)
        first, _second, third = (option.id for option in asked.options)
        assert set(answers(app)[-1].response.split(",")) == {first, third}
        assert answers(app)[-1].confidence == 1


@pytest.mark.parametrize(("question", "key"), [("both", "h"), ("drawn", "down")])
async def test_a_hint_is_shown_recorded_and_counted(tmp_path: Path, question: str, key: str) -> None:
    app = quiz(tmp_path, question)
    async with opened(app) as pilot:
        asked = view(pilot)
        await press(pilot, key)
        assert asked.query_one("#hint").display
        hints = [record.event for record in app.store.records() if isinstance(record.event, HintShown)]
        assert hints == [HintShown(question, 0)]
        await typed(pilot, *right_keys(asked), "2")
        assert answers(app)[-1].hints == 1


async def test_the_language_switch_keeps_the_question_and_what_was_answered(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        question = view(pilot).question.id
        await typed(pilot, *right_keys(view(pilot)), "2")
        app.action_switch_language()
        await press(pilot, "tab")
        assert view(pilot).question.id == question
        assert view(pilot).stage is Stage.REVEALED
        assert len(answers(app)) == 1


async def test_the_language_switch_keeps_ticks_hints_and_the_stage(tmp_path: Path) -> None:
    app = quiz(tmp_path, "both")
    async with opened(app) as pilot:
        await press(pilot, "b", "h", "L")
        assert view(pilot).draft.given == (view(pilot).options[1].id,)
        assert "B  [x]" in text(pilot)
        assert "Think of the line." in text(pilot)
        await press(pilot, "enter", "L")
        assert view(pilot).stage is Stage.CONFIDENCE
        await press(pilot, "3")
        assert answers(app)[-1].response == view(pilot).options[1].id
        assert answers(app)[-1].hints == 1


async def test_leaving_and_coming_back_finds_the_same_question(app: ActtutorApp) -> None:
    async with opened(app) as pilot:
        await typed(pilot, *right_keys(view(pilot)), "2")
        await press(pilot, "enter")
        question = view(pilot).question.id
        await press(pilot, "escape")
        assert not isinstance(app.screen, QuizScreen)
        app.go("quiz")
        await press(pilot, "tab")
        assert view(pilot).question.id == question


async def test_an_unknown_concept_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    async with opened(quiz(tmp_path, concept="slop")) as pilot:
        assert "slope" in text(pilot)


async def test_text_that_is_no_number_is_asked_again_and_not_recorded(tmp_path: Path) -> None:
    app = quiz(tmp_path, "number")
    async with opened(app) as pilot:
        await press(pilot, *"xyz", "enter")
        assert "not a number" in text(pilot)
        assert not answers(app)


async def test_drawn_numbers_are_shown_without_their_names_and_come_back_as_others(tmp_path: Path) -> None:
    app = quiz(tmp_path, "drawn")
    async with opened(app) as pilot:
        asked = view(pilot)
        first = asked.question.prompt
        assert "{" not in text(pilot)
        await typed(pilot, *wrong_keys(asked), "1")
        assert "{" not in text(pilot)
        seed = answers(app)[-1].seed
        assert instance(app.course.question("drawn"), seed).prompt == first
        await press(pilot, "enter")
        assert view(pilot).question.prompt != first


# steps in order ----------------------------------------------------------------------------------------------


async def test_a_wrong_order_shows_the_mistake_first_then_the_right_order_with_reasons(
    tmp_path: Path,
) -> None:
    app = quiz(tmp_path, "steps")
    async with opened(app) as pilot:
        asked = view(pilot)
        order = [option.id for option in asked.options]
        if order.index("product") > order.index("curve"):
            await press(pilot, *["down"] * order.index("product"), *["shift+up"] * 2)
        else:
            await press(pilot, "space", "space")
        await press(pilot, "down" if asked.answer.made_by_enter else "shift+down", "shift+up", "enter", "3")
        shown = text(pilot)
        assert "✗ There is no height yet." in shown
        assert "belongs at" in shown
        told = [
            "There is no height",
            "The right order:",
            "Take the input",
            "Everything begins",
            "It needs the input",
        ]
        places = [shown.rindex(words) for words in told]
        assert places == sorted(places)
        given = answers(app)[-1].response.split(",")
        for place, (id, right) in enumerate(zip(given, ("input", "curve", "product"), strict=True), 1):
            mark = "✓" if id == right else "✗"
            assert f"{mark} {place}  " in shown


async def test_the_language_switch_keeps_the_order_so_far_and_the_marks_after_it(tmp_path: Path) -> None:
    app = quiz(tmp_path, "steps")
    async with opened(app) as pilot:
        await press(pilot, "shift+down", "shift+down")
        order = view(pilot).draft.given
        await press(pilot, "L")
        assert view(pilot).draft.given == order
        await press(pilot, "shift+down", "shift+up", "enter", "1", "L")
        assert view(pilot).draft.given == order
        assert "✗" in text(pilot)
        assert answers(app)[-1].response == ",".join(order)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_question_is_cut_off_at_eighty_columns(tmp_path: Path, language: str) -> None:
    async with opened(quiz(tmp_path, language=language)) as pilot:
        for _ in range(QUESTIONS):
            id = view(pilot).question.id
            assert_whole(pilot, f"{id} asked")
            await typed(pilot, *wrong_keys(view(pilot)))
            assert_whole(pilot, f"{id} how sure")
            await press(pilot, "1")
            assert_whole(pilot, f"{id} explained")
            await press(pilot, "enter")


# put to the test ---------------------------------------------------------------------------------------------


async def test_x_puts_an_answer_to_the_test_and_enter_goes_on_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quiz(tmp_path, "loss")
    gate = gated(monkeypatch)
    async with opened(app) as pilot:
        asked = view(pilot)
        await typed(pilot, *right_keys(asked))
        assert "put it to the test" not in text(pilot)
        await press(pilot, "3")
        assert "put it to the test   2 options, seeds 0 to 8" in text(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "50%" in text(pilot))
        await pilot.press("enter")
        await until(pilot, gate.stopped.is_set)
        await settle(pilot)
        assert "right at the first try" in text(pilot)


async def test_the_test_ends_in_a_plot_and_a_sentence_and_x_takes_other_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quiz(tmp_path, "loss")
    gate = gated(monkeypatch)
    gate.open.set()
    async with opened(app, (80, 40)) as pilot:
        await typed(pilot, *right_keys(view(pilot)), "3")
        await press(pilot, "x")
        await until(pilot, lambda: "holds   seeds 0 to 8" in text(pilot))
        assert app.screen.query_one(ArmsPlot).settled
        assert "on 9 of 9" in text(pilot)
        await press(pilot, "x")
        await until(pilot, lambda: "holds   seeds 9 to 17" in text(pilot))
        assert gate.runs == 2


async def test_escape_stops_the_test_and_only_then_leaves_the_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quiz(tmp_path, "loss")
    gate = gated(monkeypatch)
    async with opened(app) as pilot:
        await typed(pilot, *right_keys(view(pilot)), "3")
        await pilot.press("x")
        await until(pilot, lambda: "50%" in text(pilot))
        await pilot.press("escape")
        await until(pilot, gate.stopped.is_set)
        await settle(pilot)
        assert isinstance(app.screen, QuizScreen)
        assert "put it to the test   2 options" in text(pilot)
        await press(pilot, "escape")
        assert not isinstance(app.screen, QuizScreen)


async def test_a_test_goes_on_through_a_language_switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quiz(tmp_path, "loss")
    gate = gated(monkeypatch)
    async with opened(app) as pilot:
        await typed(pilot, *right_keys(view(pilot)), "3")
        await pilot.press("x")
        await until(pilot, lambda: "50%" in text(pilot))
        await pilot.press("L")
        await until(pilot, lambda: "50%" in text(pilot) and app.translator.language == "zh")
        gate.open.set()

        def stage() -> TrialStage | None:
            explanation = next(iter(app.screen.query(Explanation)), None)
            return explanation.test.trial.stage if explanation is not None and explanation.test else None

        await until(pilot, lambda: stage() is TrialStage.DONE)
        assert gate.runs == 1
