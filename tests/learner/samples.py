"""Moments, events and a small course for the tests of the learner's data."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from acttutor.course.model import (
    Concept,
    Course,
    Language,
    Lesson,
    Misconception,
    Mistake,
    Number,
    NumericAnswer,
    Option,
    OrderMistake,
    Page,
    Question,
    QuestionType,
    Template,
    Variable,
)
from acttutor.learner.events import (
    Answered,
    BlockSeen,
    Confidence,
    Event,
    HintShown,
    LessonOpened,
    PageOpened,
    PageRead,
    PredictionLocked,
    Record,
    SettingChanged,
)
from acttutor.learner.ids import next_id

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def answered(
    question: str = "q1", *, correct: bool = True, concept: str = "c1", **fields: object
) -> Answered:
    return Answered(question, 1, concept, "lesson", "a", correct, **fields)  # type: ignore[arg-type]


_names = st.sampled_from(["a", "b", "c", "ä-中文"])
_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
_confidences = st.none() | st.sampled_from(list(Confidence))

events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Answered,
        question=_names,
        revision=st.integers(1, 3),
        concept=_names,
        lesson=_names,
        response=_texts,
        correct=st.booleans(),
        confidence=_confidences,
        misconceptions=st.lists(_names, max_size=2).map(tuple),
        seed=st.integers(-(2**40), 2**40),
        seconds=st.floats(0, 1e6),
        hints=st.integers(0, 3),
        repeat=st.booleans(),
    ),
    st.builds(HintShown, question=_names, index=st.integers(0, 5)),
    st.builds(LessonOpened, lesson=_names),
    st.builds(PageOpened, lesson=_names, page=_names),
    st.builds(PageRead, lesson=_names, page=_names),
    st.builds(BlockSeen, lesson=_names, page=_names, block=_names),
    st.builds(PredictionLocked, lesson=_names, block=_names, response=_texts),
    st.builds(SettingChanged, name=_names, value=_texts),
)


def recorded(facts: list[Event], seed: int = 0) -> tuple[Record, ...]:
    """The events as a store would record them, a second apart."""
    entropy = random.Random(seed).getrandbits
    records: list[Record] = []
    last: str | None = None
    for number, fact in enumerate(facts):
        last = next_id(at(number), last, entropy)
        records.append(Record(last, at(number), fact))
    return tuple(records)


histories = st.lists(events, max_size=40).map(recorded)


def choice(id: str, concept: str = "slopes", *, revision: int = 1, options: int = 4) -> Question:
    """A question whose first option is right and whose others each catch the misconception `slope-alone`."""
    return Question(
        id=id,
        revision=revision,
        type=QuestionType.CHOICE,
        concept=concept,
        scenario=False,
        prompt=f"Prompt of {id}",
        options=tuple(
            Option(
                f"o{number}",
                f"Option {number}",
                f"Because {number}",
                correct=number == 0,
                misconception=None if number == 0 else "slope-alone",
            )
            for number in range(options)
        ),
        numeric=None,
        hints=("First hint", "Second hint"),
        evidence=None,
        line=1,
    )


def multiple(id: str = "m1") -> Question:
    plain = choice(id)
    first, second, *rest = plain.options
    return Question(
        id=id,
        revision=1,
        type=QuestionType.MULTIPLE,
        concept=plain.concept,
        scenario=False,
        prompt=plain.prompt,
        options=(first, Option(second.id, second.text, second.why, correct=True), *rest),
        numeric=None,
        hints=(),
        evidence=None,
        line=1,
    )


def numeric(id: str = "n1") -> Question:
    mistake = Mistake(4.0, 0.01, "You forgot to divide.", "weights-forgotten")
    return Question(
        id=id,
        revision=1,
        type=QuestionType.NUMERIC,
        concept="slopes",
        scenario=False,
        prompt="How steep?",
        options=(),
        numeric=NumericAnswer(0.25, 0.001, "It is a quarter.", (mistake,)),
        hints=(),
        evidence=None,
        line=1,
    )


def drawn(
    id: str = "d1", *, measure: str = "slope", prompt: str = "How steep is sigmoid at {z}?"
) -> Question:
    """A question whose z is drawn, and the slope of sigmoid there computed."""
    template = Template(
        (Variable("z", tuple(map(float, range(-8, 9)))),),
        Number(None, measure, (("activation", "sigmoid"), ("x", "{z}"))),
        1e-6,
        "At {z} it is {answer}.",
        decimals=6,
    )
    return replace(numeric(id), numeric=None, template=template, prompt=prompt)


def steps(id: str = "s1") -> Question:
    """Four steps to be put in order; the fourth before the first is a foreseen mistake."""
    plain = choice(id)
    options = tuple(replace(option, correct=True, misconception=None) for option in plain.options)
    mistake = OrderMistake("o3", "o0", "The last needs the first.", "slope-alone")
    return replace(plain, type=QuestionType.ORDER, options=options, order_mistakes=(mistake,))


def course(*questions: Question, language: Language = Language.EN) -> Course:
    lesson = Lesson(
        id="lesson",
        number=1,
        slug="01-lesson",
        title="The lesson",
        summary="",
        minutes=5,
        objectives=(),
        requires=(),
        concepts=("slopes", "chains"),
        sources=(),
        pages=(Page("one", "Page one", "", 1, ()), Page("two", "Page two", "", 1, ())),
        questions=questions,
        path=Path("lesson.md"),
        language=language,
    )
    return Course(
        title="Course",
        lessons=(lesson,),
        concepts=(Concept("slopes", 1, "Slopes"), Concept("chains", 2, "Chains")),
        misconceptions=(
            Misconception("slope-alone", "The slope alone decides", "lesson", "two"),
            Misconception("weights-forgotten", "Weights do not matter", "lesson", "one"),
        ),
        language=language,
        root=Path(),
    )
