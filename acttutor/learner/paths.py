"""Where a learner's data lives."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs

from acttutor.errors import UserError

DEFAULT_PROFILE = "default"
PROFILE = re.compile(r"[A-Za-z0-9_-]{1,32}")


def data_directory(profile: str = DEFAULT_PROFILE, override: Path | None = None) -> Path:
    """The directory of a learner's data: `override`, or the user's data directory of the platform.

    The profile `default` lives in the directory itself, any other in a directory `profile-NAME` in there: the
    prefix keeps names such as `con`, which Windows reserves, harmless. Nothing is created. Raises UserError
    for a name that is no profile name.
    """
    root = override if override is not None else platformdirs.user_data_path("acttutor", appauthor=False)
    if not PROFILE.fullmatch(profile):
        raise UserError(
            f"{profile!r} is no profile name",
            where="--profile",
            hint="1 to 32 letters, digits, - and _",
            title="Profile",
        )
    return root if profile == DEFAULT_PROFILE else root / f"profile-{profile}"
