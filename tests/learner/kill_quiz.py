"""Kill `acttutor quiz --plain` at random moments, and see that no answer whose feedback was shown is lost.

    python tests/learner/kill_quiz.py [times] [seed]

All answers are fed at once, so the quiz runs at full speed and ahead of its reader; it is killed (SIGKILL) when a
random number of its lines was read, which hits it anywhere: while it starts, writes, commits or prints. Nothing
sleeps. All runs share one data directory, so each also opens what the one before left behind.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from acttutor.learner.events import Answered, Record
from acttutor.learner.store import open_store

FEEDBACK = ("✓ Right.", "✗ Not right.")
# Whatever is asked, one of the first two is an answer, and the last is a confidence.
INPUT = "a\n0.5\n2\n" * 40
LONGEST = 150
NOW = datetime(2026, 3, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kill:
    """One run: feedback lines that were shown, answers found afterwards, and whether the kill hit it alive."""

    shown: int
    kept: int
    alive: bool


def main(times: int, seed: int) -> int:
    """Kill that many quizzes; 0 when nothing was lost."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="acttutor-kill-") as name:
        kills = [kill_once(Path(name), rng.randrange(LONGEST), seed + run) for run in range(times)]
    alive = sum(kill.alive for kill in kills)
    shown, kept = sum(kill.shown for kill in kills), sum(kill.kept for kill in kills)
    print(
        f"{alive} of {times} killed alive (the others had finished); feedback shown {shown}, answers kept {kept}"
    )
    return 0


def kill_once(directory: Path, lines: int, seed: int) -> Kill:
    """Kill one quiz after so many lines; AssertionError when anything that was shown, or was there, is gone."""
    before = _records(directory)
    command = [sys.executable, "-m", "acttutor", "--data-dir", str(directory), "quiz", "--plain"]
    quiz = subprocess.Popen(
        [*command, "--seed", str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "PYTHONUTF8": "1"},
    )
    with quiz:
        assert quiz.stdin is not None
        assert quiz.stdout is not None
        quiz.stdin.write(INPUT)
        quiz.stdin.flush()
        read = [line for _, line in zip(range(lines), quiz.stdout, strict=False)]
        quiz.send_signal(signal.SIGKILL)
        read += list(quiz.stdout)
        _close(quiz)
    shown = sum(line.rstrip("\n") in FEEDBACK for line in read)
    after = _records(directory)
    assert after[: len(before)] == before, "an event of an earlier run is gone"
    kept = sum(isinstance(record.event, Answered) for record in after[len(before) :])
    assert kept >= shown, (
        f"{shown} answers were shown their feedback, {kept} are kept (seed {seed}, line {lines})"
    )
    return Kill(shown, kept, quiz.returncode == -signal.SIGKILL)


def _close(quiz: "subprocess.Popen[str]") -> None:
    try:
        if quiz.stdin is not None:
            quiz.stdin.close()
    except BrokenPipeError:
        pass  # the killed program had not read all of its input
    quiz.wait()


def _records(directory: Path) -> Sequence[Record]:
    with open_store(directory, NOW) as store:
        assert store.warning is None, store.warning
        return store.records()


if __name__ == "__main__":
    arguments = [int(text) for text in sys.argv[1:]]
    raise SystemExit(main(*(arguments + [50, 0][len(arguments) :])))
