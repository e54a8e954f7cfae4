"""What measures compute for a course: each number once, however often the two languages ask for it."""

from functools import lru_cache

from acttutor.course.model_questions import Arguments


@lru_cache(maxsize=8192)
def computed(name: str, args: Arguments) -> float:
    """What a measure computes. Raises UserError as `acttutor.experiments.measures.measure` does."""
    from acttutor.experiments.measures import measure  # with it come all measures, which reading needs not

    return measure(name, dict(args))
