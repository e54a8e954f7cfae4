"""A twentieth of what the script does: random keys and clicks over all screens raise nothing."""

import pytest

from tests.tui.fuzz_keys import SIZES, fuzz


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
async def test_random_keys_and_clicks_raise_nothing(size: tuple[int, int], language: str) -> None:
    await fuzz(63, 7, size, language)
