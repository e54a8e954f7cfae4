"""A killed quiz loses nothing whose feedback was shown; `kill_quiz.py` does the same many times over."""

import random
import sys
from pathlib import Path

import pytest

from .kill_quiz import LONGEST, kill_once


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_no_answer_whose_feedback_was_shown_is_lost(tmp_path: Path) -> None:
    rng = random.Random(3)
    kills = [kill_once(tmp_path, rng.randrange(10, LONGEST), seed) for seed in range(4)]
    assert any(kill.alive for kill in kills)
    assert sum(kill.shown for kill in kills) > 0
