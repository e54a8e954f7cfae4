"""A sitting asks what is most worth asking, gives events before reasons, and sums up honestly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acttutor.course.generated import instance
from acttutor.course.model import Language
from acttutor.course.questions import ChoiceResponse, NumericResponse, OrderResponse
from acttutor.errors import UserError
from acttutor.learner.events import Answered, Confidence, HintShown
from acttutor.learner.progress import Progress, progress
from acttutor.learner.session import (
    Item,
    ReadAgain,
    Session,
    Stage,
    advance,
    answer,
    hint,
    items,
    start,
    summary,
    translated,
)

from .samples import NOON, answered, at, choice, course, drawn, multiple, numeric, recorded, steps

RIGHT = ChoiceResponse(("o0",))
WRONG = ChoiceResponse(("o1",))


def begin(*questions, done: Progress | None = None, seed: int = 7, limit: int = 10) -> Session:
    return start(items(course(*questions)), done or Progress(), seed, NOON, limit=limit)


def asked(session: Session) -> list[str]:
    return [turn.item.question.id for turn in session.turns]


def test_confident_misses_come_first_then_misses_then_new_then_shaky_then_known_ones() -> None:
    done = progress(
        recorded(
            [
                answered("known-late", confidence=Confidence.SURE),
                answered("known", confidence=Confidence.SURE),
                answered("known-late", confidence=Confidence.SURE),
                answered("guessed", confidence=Confidence.GUESS),
                answered("hinted", hints=1, confidence=Confidence.SURE),
                answered("missed", correct=False, confidence=Confidence.GUESS),
                answered("changed", confidence=Confidence.SURE),
                answered("sure-miss", correct=False, confidence=Confidence.SURE),
                answered("sure-miss-2", correct=False, confidence=Confidence.SURE),
            ]
        )
    )
    names = ["known", "known-late", "hinted", "guessed", "new", "missed", "sure-miss-2", "sure-miss", "new-2"]
    questions = [choice(name) for name in names] + [choice("changed", revision=2)]
    assert asked(begin(*questions, done=done)) == [
        "sure-miss",
        "sure-miss-2",
        "missed",
        "changed",
        "new",
        "new-2",
        "guessed",
        "hinted",
        "known",
        "known-late",
    ]


def test_a_confident_miss_put_right_at_once_still_comes_first_next_time() -> None:
    session = begin(choice("other"), choice("held"))
    facts: list = []
    responses = iter([RIGHT, WRONG, RIGHT])
    while session.stage is not Stage.DONE:
        session, events = answer(session, next(responses), Confidence.SURE, NOON)
        facts += events
        session = advance(session, NOON)
    done = progress(recorded(facts))
    assert asked(begin(choice("new"), choice("other"), choice("held"), done=done))[0] == "held"


def test_a_sitting_is_limited() -> None:
    assert len(begin(*(choice(f"q{n}") for n in range(30)), limit=4).turns) == 4


def test_an_answer_gives_an_event_that_holds_everything_about_it() -> None:
    session = begin(choice("q1"))
    session, _ = hint(session)
    session, events = answer(session, WRONG, Confidence.SURE, at(12.5))
    turn = session.turns[0]
    assert events == (
        Answered(
            question="q1",
            revision=1,
            concept="slopes",
            lesson="lesson",
            response="o1",
            correct=False,
            confidence=Confidence.SURE,
            misconceptions=("slope-alone",),
            seed=turn.seed,
            seconds=12.5,
            hints=1,
        ),
    )
    assert session.stage is Stage.REVEALED
    assert session.outcome is not None
    assert not session.outcome.judgement.correct


def test_seconds_run_from_when_the_question_was_shown_and_are_never_negative() -> None:
    session, _ = answer(begin(choice("q1"), choice("q2")), RIGHT, None, at(5))
    session = advance(session, at(100))
    _, (event,) = answer(session, RIGHT, None, at(103))
    assert isinstance(event, Answered)
    assert event.seconds == 3
    _, (event,) = answer(session, RIGHT, None, at(50))
    assert isinstance(event, Answered)
    assert event.seconds == 0


def test_a_missed_question_returns_once_at_the_end_in_another_order() -> None:
    session = begin(choice("q1"), choice("q2"))
    first_order = session.options
    session, _ = answer(session, WRONG, None, NOON)
    session = advance(session, NOON)
    session, _ = answer(session, RIGHT, None, NOON)
    session = advance(session, NOON)
    assert session.question.id == "q1"
    assert session.turn.repeat
    assert session.options != first_order
    session, (event,) = answer(session, WRONG, None, NOON)
    assert isinstance(event, Answered)
    assert event.repeat
    assert advance(session, NOON).stage is Stage.DONE


@given(st.integers(0, 2**31), st.integers(2, 6))
def test_the_order_of_options_is_given_by_the_seed_and_the_repeat_differs(seed: int, options: int) -> None:
    question = choice("q1", options=options)
    session = begin(question, seed=seed)
    assert session.options == begin(question, seed=seed).options
    assert sorted(session.options, key=lambda option: option.id) == list(question.options)
    missed, _ = answer(session, WRONG, None, NOON)
    assert missed.turns[-1].options != session.options


def test_answering_twice_and_going_on_before_answering_change_nothing() -> None:
    session = begin(choice("q1"))
    assert advance(session, at(9)) == session
    once, _ = answer(session, RIGHT, None, NOON)
    assert answer(once, WRONG, None, NOON) == (once, ())
    assert hint(once) == (once, ())
    over = advance(once, NOON)
    assert over.stage is Stage.DONE
    assert advance(over, NOON) == over
    assert answer(over, RIGHT, None, NOON) == (over, ())
    with pytest.raises(ValueError, match="over"):
        _ = over.turn


def test_hints_come_one_by_one_until_there_is_none_left() -> None:
    session = begin(choice("q1"))
    session, events = hint(session)
    assert events == (HintShown("q1", 0),)
    assert session.hints_shown == ("First hint",)
    session, _ = hint(session)
    assert session.hints_shown == ("First hint", "Second hint")
    assert hint(session) == (session, ())


def test_a_response_that_is_none_leaves_the_question_waiting() -> None:
    with pytest.raises(UserError):
        answer(begin(numeric()), NumericResponse("a lot"), None, NOON)
    with pytest.raises(UserError):
        answer(begin(choice("q1")), ChoiceResponse(("o9",)), None, NOON)


def test_typed_answers_are_stored_as_typed_but_never_too_long_or_undecodable() -> None:
    _, (event,) = answer(begin(numeric()), NumericResponse(" 1/4 "), None, NOON)
    assert isinstance(event, Answered)
    assert (event.response, event.correct) == ("1/4", True)
    _, (event,) = answer(begin(multiple()), ChoiceResponse(("o1", "o0")), None, NOON)
    assert isinstance(event, Answered)
    assert (event.response, event.correct) == ("o1,o0", True)


def test_the_summary_names_the_gravest_misconception_first_and_the_page_that_repairs_it() -> None:
    session = begin(numeric("n1"), choice("q1"), choice("q2"), choice("q3"))
    plan = {
        "n1": (NumericResponse("4"), Confidence.SURE),
        "q1": (WRONG, Confidence.GUESS),
        "q2": (WRONG, Confidence.THINK),
        "q3": (RIGHT, Confidence.SURE),
    }
    while session.stage is not Stage.DONE and not session.turn.repeat:
        response, confidence = plan[session.question.id]
        session, _ = answer(session, response, confidence, NOON)
        session = advance(session, NOON)
    found = summary(session, course())
    assert (found.right, found.asked, found.recovered) == (1, 4, 0)
    assert [item.question.id for item in found.missed] == ["n1", "q1", "q2"]
    assert [(one.misconception.id, one.times, one.confident) for one in found.misconceptions] == [
        ("weights-forgotten", 1, True),
        ("slope-alone", 2, False),
    ]
    assert found.read_again == ReadAgain("lesson", "one")


def test_a_miss_without_a_known_misconception_leads_back_to_its_lesson() -> None:
    session, _ = answer(begin(numeric()), NumericResponse("0.3"), None, NOON)
    assert summary(session, course()).read_again == ReadAgain("lesson")
    assert summary(begin(numeric()), course()).read_again is None


def test_second_tries_that_are_right_are_counted_apart() -> None:
    session = begin(choice("q1"))
    for response in (WRONG, RIGHT):
        session, _ = answer(session, response, None, NOON)
        session = advance(session, NOON)
    found = summary(session, course())
    assert (found.right, found.asked, found.recovered) == (0, 1, 1)


def test_questions_of_one_concept_or_lesson_can_be_chosen() -> None:
    whole = course(choice("q1"), choice("q2", concept="chains"))
    assert [item.question.id for item in items(whole, concept="chains")] == ["q2"]
    assert items(whole, lesson="1") == items(whole)
    with pytest.raises(UserError, match="did you mean chains"):
        items(whole, concept="chain")
    with pytest.raises(UserError):
        items(whole, lesson="nowhere")


def test_a_sitting_changes_its_language_in_the_middle() -> None:
    from dataclasses import replace

    session = begin(choice("q1"), choice("q2"))
    session, _ = answer(session, WRONG, Confidence.SURE, NOON)
    english = [choice("q1"), choice("q2")]
    chinese = course(
        *(
            replace(
                question,
                prompt="问题",
                options=tuple(replace(option, why="因为") for option in question.options),
            )
            for question in english
        ),
        language=Language.ZH,
    )
    told = translated(session, chinese)
    assert told.question.prompt == "问题"
    assert told.outcome is not None
    assert {reason.why for reason in told.outcome.judgement.reasons} == {"因为"}
    assert (told.stage, told.position, told.hints) == (session.stage, session.position, session.hints)
    assert translated(told, course(*english)) == session
    assert translated(session, course()) == session


def test_a_drawn_number_is_judged_as_it_was_shown_and_its_seed_is_kept() -> None:
    session = begin(drawn())
    shown = session.question
    assert shown.numeric is not None
    assert "{z}" not in shown.prompt
    after, (event,) = answer(session, NumericResponse(f"{shown.numeric.value:.6f}"), Confidence.SURE, NOON)
    assert isinstance(event, Answered)
    assert event.correct
    assert instance(drawn(), event.seed) == shown
    assert after.outcome is not None
    assert "{answer}" not in after.outcome.judgement.reasons[0].why


@given(st.integers(0, 2**31))
def test_a_missed_drawn_number_returns_with_other_numbers(seed: int) -> None:
    session = begin(drawn(), seed=seed)
    first = session.question.prompt
    session, _ = answer(session, NumericResponse("77"), None, NOON)
    session = advance(session, NOON)
    assert session.turn.repeat
    assert session.question.prompt != first
    assert session.question.numeric is not None


def test_a_question_whose_number_cannot_be_computed_is_passed_over() -> None:
    broken = [drawn(f"d{n}", measure="nothing") for n in range(3)]
    assert asked(begin(*broken, choice("q1"), drawn("d9"), choice("q2"), limit=2)) == ["q1", "d9"]
    assert begin(*broken).stage is Stage.DONE


def test_an_order_is_shown_shuffled_judged_and_stored_as_it_was_put() -> None:
    session = begin(steps())
    assert session.options != session.question.options
    session, (event,) = answer(session, OrderResponse(("o3", "o0", "o1", "o2")), Confidence.SURE, NOON)
    assert isinstance(event, Answered)
    assert (event.response, event.correct) == ("o3,o0,o1,o2", False)
    assert event.misconceptions == ("slope-alone",)
    session = advance(session, NOON)
    _, (event,) = answer(session, OrderResponse(("o0", "o1", "o2", "o3")), None, NOON)
    assert isinstance(event, Answered)
    assert event.correct


def test_a_drawn_number_keeps_its_value_in_the_other_language() -> None:
    session, _ = answer(begin(drawn()), NumericResponse("77"), None, NOON)
    other = course(drawn(prompt="在 {z} 处多陡？"), language=Language.ZH)
    told = translated(session, other)
    assert told.question.prompt.startswith("在 ")
    assert told.question.numeric == session.question.numeric
    assert told.outcomes[0].judgement.correct is False


def test_an_item_knows_its_lesson() -> None:
    question = choice("q1")
    assert items(course(question)) == (Item(question, "lesson"),)
