"""How long a learner's data takes: 100,000 recorded answers, and one answer.

    python tests/benchmarks/bench_learner.py [answers]

Budget: what is due (the order of a sitting) and mastery of 100,000 recorded answers in under 50 ms.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from acttutor.course.model import Question, QuestionType
from acttutor.learner.events import Answered, Confidence
from acttutor.learner.mastery import mastery
from acttutor.learner.progress import extend, load
from acttutor.learner.session import Item, start
from acttutor.learner.store import open_store

NOW = datetime(2026, 3, 4, tzinfo=UTC)
QUESTIONS = 400
CONCEPTS = 40


def answer(number: int, rng: random.Random) -> Answered:
    """One answer of the many; the questions and concepts of a whole course take turns."""
    return Answered(
        question=f"question-{number % QUESTIONS}",
        revision=1,
        concept=f"concept-{number % CONCEPTS}",
        lesson=f"lesson-{number % 12}",
        response="option",
        correct=rng.random() < 0.7,
        confidence=Confidence(rng.randint(1, 3)),
        misconceptions=("some-misconception",),
        seed=number,
        seconds=12.5,
    )


def items() -> tuple[Item, ...]:
    """The questions of a whole course."""
    return tuple(
        Item(
            Question(
                id=f"question-{number}",
                revision=1,
                type=QuestionType.CHOICE,
                concept=f"concept-{number % CONCEPTS}",
                scenario=False,
                prompt="",
                options=(),
                numeric=None,
                hints=(),
                evidence=None,
                line=1,
            ),
            "lesson",
        )
        for number in range(QUESTIONS)
    )


def timed(work: Callable[[], object], repeats: int = 7) -> float:
    """The median time of a piece of work, in milliseconds."""
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        work()
        times.append(1e3 * (perf_counter() - begin))
    return median(times)


def main(answers: int) -> None:
    """Measure and print."""
    rng = random.Random(0)
    course = items()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with open_store(directory, NOW) as store:
            for begin in range(0, answers, 1000):
                block = [answer(number, rng) for number in range(begin, min(begin + 1000, answers))]
                store.append_all(block, NOW + timedelta(seconds=begin))
            begin_time = perf_counter()
            load(store)
            scratch = 1e3 * (perf_counter() - begin_time)

        def queue() -> object:
            with open_store(directory, NOW) as opened:
                done = load(opened)
                return mastery(done), start(course, done, 0, NOW)

        with open_store(directory, NOW) as store:
            done = load(store)
            print(f"{answers} answers, file {store.path.stat().st_size / 2**20:.1f} MB")
            print(f"fold from scratch, once after an import       {scratch:8.1f} ms")
            print(f"open, load, mastery and queue, at a start     {timed(queue):8.2f} ms  (budget 50)")
            both = timed(lambda: (mastery(done), start(course, done, 0, NOW)))
            print(f"mastery and queue from loaded progress        {both:8.2f} ms  (budget 50)")
            step = timed(lambda: extend(done, store.append_all((answer(1, rng),), NOW)), 50)
            print(f"one answer committed and folded in            {step:8.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
