"""The quiz on the screen: answering by key, arrows and mouse, reasons, the summary."""

from pathlib import Path

from acttutor.course.model import QuestionType
from acttutor.learner.events import Answered, HintShown
from acttutor.tui.app import ActtutorApp
from acttutor.tui.screens.quiz import QuizScreen
from acttutor.tui.widgets.question_view import QuestionView, Stage
from tests.tui.rooms import opened, press, text, tutor


def _right_keys(view: QuestionView) -> list[str]:
    """Keys that answer the question on the screen rightly."""
    question = view.question
    if question.type is QuestionType.NUMERIC:
        assert question.numeric is not None
        return [*repr(question.numeric.value), "enter"]
    letters = [letter for letter, option in zip("abcdefgh", view.options, strict=False) if option.correct]
    return [*letters, "enter"] if question.type is QuestionType.MULTIPLE else letters


def _wrong_keys(view: QuestionView) -> list[str]:
    question = view.question
    if question.type is QuestionType.NUMERIC:
        return [*"12345", "enter"]
    letters = [letter for letter, option in zip("abcdefgh", view.options, strict=False) if not option.correct]
    return [letters[0], "enter"] if question.type is QuestionType.MULTIPLE else letters[:1]


def _answers(app: ActtutorApp) -> list[Answered]:
    return [record.event for record in app.store.records() if isinstance(record.event, Answered)]


async def test_ten_right_answers_end_with_a_summary_and_are_all_recorded(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        for number in range(10):
            view = app.screen.query_one(QuestionView)
            await press(pilot, *_right_keys(view))
            assert view.stage is Stage.CONFIDENCE
            assert len(_answers(app)) == number
            await press(pilot, "3")
            assert len(_answers(app)) == number + 1
            assert "✓ Right" in "".join(str(part.render()) for part in view.query("#verdict"))
            await press(pilot, "enter")
        assert "10 of 10 right at the first try" in text(pilot)
        assert all(answer.correct and answer.confidence == 3 for answer in _answers(app))


async def test_a_miss_shows_its_reason_first_and_comes_back_at_the_end(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        missed = app.screen.query_one(QuestionView).question.id
        await press(pilot, *_wrong_keys(app.screen.query_one(QuestionView)), "3")
        assert "✗ Not quite" in text(pilot)
        assert "of 11" in text(pilot)
        await press(pilot, "enter")
        for _ in range(9):
            await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2", "enter")
        view = app.screen.query_one(QuestionView)
        assert view.question.id == missed
        assert "Once more" in text(pilot)
        await press(pilot, *_right_keys(view), "2", "enter")
        shown = text(pilot)
        assert "9 of 10 right at the first try" in shown
        assert "1 of 1 misses put right" in shown


async def test_arrows_and_enter_answer_without_any_letter(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        while app.screen.query_one(QuestionView).question.type is not QuestionType.CHOICE:
            await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2", "enter")
        before = len(_answers(app))
        await press(pilot, "down", "enter", "down", "enter")
        assert len(_answers(app)) == before + 1
        assert _answers(app)[-1].confidence == 3


async def test_a_hint_is_shown_recorded_and_counted(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        while not app.screen.query_one(QuestionView).question.hints:
            await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2", "enter")
        view = app.screen.query_one(QuestionView)
        await press(pilot, "h")
        assert view.query_one("#hint").display
        hints = [record.event for record in app.store.records() if isinstance(record.event, HintShown)]
        assert hints == [HintShown(view.question.id, 0)]
        await press(pilot, *_right_keys(view), "2")
        assert _answers(app)[-1].hints == 1


async def test_the_language_switch_keeps_the_question_and_what_was_answered(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        question = app.screen.query_one(QuestionView).question.id
        await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2")
        app.action_switch_language()
        await press(pilot, "tab")
        view = app.screen.query_one(QuestionView)
        assert view.question.id == question
        assert view.stage is Stage.REVEALED
        assert len(_answers(app)) == 1


async def test_leaving_and_coming_back_finds_the_same_question(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2", "enter")
        question = app.screen.query_one(QuestionView).question.id
        await press(pilot, "escape")
        assert not isinstance(app.screen, QuizScreen)
        app.go("quiz")
        await press(pilot, "tab")
        assert app.screen.query_one(QuestionView).question.id == question


async def test_an_unknown_concept_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    async with opened(tutor(tmp_path, start="quiz", concept="sigmoid-slop")) as pilot:
        assert "sigmoid-slope" in text(pilot)


async def test_text_that_is_no_number_is_asked_again_and_not_recorded(tmp_path: Path) -> None:
    app = tutor(tmp_path, start="quiz", seed=3)
    async with opened(app) as pilot:
        while app.screen.query_one(QuestionView).question.type is not QuestionType.NUMERIC:
            await press(pilot, *_right_keys(app.screen.query_one(QuestionView)), "2", "enter")
        before = len(_answers(app))
        await press(pilot, *"xyz", "enter")
        assert "not a number" in text(pilot)
        assert len(_answers(app)) == before
