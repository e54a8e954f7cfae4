"""A marker for text that is translated where it is shown, not where it is written."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """The message itself: marks it for the catalogue."""
    return message
