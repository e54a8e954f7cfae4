"""What the keys of every part of a course are made of: ids, texts, references, numbers."""

from typing import Annotated, Final, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")

ID_PATTERN: Final = r"^[a-z0-9-]+\Z"
SLUG_PATTERN: Final = r"^[0-9]{2}-[a-z0-9-]+\Z"
PAGE_PATTERN: Final = r"^[a-z0-9-]+#[a-z0-9-]+\Z"
NAME_PATTERN: Final = r"^[a-z][a-z0-9_]*\Z"
DRAWN_PATTERN: Final = r"^\{[a-z][a-z0-9_]*\}\Z"

FORMS: Final = {
    ID_PATTERN: "an id: a-z, 0-9 and -",
    SLUG_PATTERN: "a folder name such as 01-slopes",
    PAGE_PATTERN: "a page as lesson-id#page-id",
    NAME_PATTERN: "a name: a-z, 0-9 and _, a letter first",
    DRAWN_PATTERN: 'a variable as "{name}"',
}
"""What the patterns mean, in the words of messages and of the author's guide."""

Id = Annotated[str, Meta(pattern=ID_PATTERN, max_length=64)]
PageRef = Annotated[str, Meta(pattern=PAGE_PATTERN, max_length=129)]
Text = Annotated[str, Meta(min_length=1)]
Positive = Annotated[float, Meta(gt=0)]
NotNegative = Annotated[float, Meta(ge=0)]
VariableName = Annotated[str, Meta(pattern=NAME_PATTERN, max_length=32)]
Drawn = Annotated[str, Meta(pattern=DRAWN_PATTERN, max_length=34)]
Args = dict[str, float | str]


class Keys(Struct, frozen=True, kw_only=True):
    """What every mapping of a course is: immutable, unknown keys are errors."""


class Titles(Keys, frozen=True, kw_only=True):
    """A text in both languages."""

    en: Annotated[Text, Meta(description="in English")]
    zh: Annotated[Text, Meta(description="in Chinese")]


def given(value: T | UnsetType) -> T | None:
    """The value, or None where its key was left out."""
    return None if isinstance(value, UnsetType) else value


def one_origin(value: object, measure: object, args: Args) -> None:
    """Raises ValueError unless a number comes from one place."""
    if (value is UNSET) == (measure is UNSET):
        raise ValueError("give either value or measure")
    if measure is UNSET and args:
        raise ValueError("args belong to a measure")
