"""Names for events that are unique on every machine and sort in the order of recording.

A name is 128 bits written as 26 characters of Crockford's base 32, as a ULID is: 48 bits of milliseconds
since 1970, then 80 random bits. So two machines that never met can merge their records, and sorting by name
is sorting by time. A clock that was set back must not make the newest event look old, since progress is
folded in the order of names: `next_id` therefore always goes past the last name of its store, by a random
distance, so that two copies of one store do not continue with the same name either.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**128 - 1

Entropy = Callable[[int], int]
"""Gives that many random bits as an integer: `secrets.randbits`, or `random.Random(seed).getrandbits`."""


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, exactly. `moment` must know its time zone; ValueError when it does not."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """The UTC moment of a number of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)


def next_id(now: datetime, last: str | None, entropy: Entropy) -> str:
    """A new name for something recorded `now`, greater than `last`."""
    millis = min(max(microseconds(now) // 1000, 0), 2**48 - 1)
    fresh = (millis << 80) | entropy(80)
    if last is not None and (previous := _number(last)) >= fresh:
        following = previous + 1 + entropy(64)
        return _text(min(following, _LARGEST))
    return _text(fresh)


def is_id(text: str) -> bool:
    """Whether the text is a name as `next_id` makes them."""
    return len(text) == LENGTH and text[0] <= "7" and all(letter in _VALUES for letter in text)


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 32 + _VALUES[letter]
    return number


def _text(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
