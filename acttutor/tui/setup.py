"""What the app is started with: decided at the door, read everywhere, changed by nobody."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setup:
    """How this run was asked for.

    `language` is None when nobody asked for one (then the saved choice counts, and after it `fallback_language`,
    the environment's). `start` names the room that is opened first; `network` is a network file for the
    simulator; `concept` and `seed` narrow the quiz.
    """

    data_directory: Path
    language: str | None = None
    fallback_language: str = "en"
    lessons: Path | None = None
    animate: bool = True
    ascii: bool = False
    start: str = "home"
    network: Path | None = None
    concept: str | None = None
    seed: int | None = None
