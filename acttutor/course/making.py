"""What all that makes a block or question out of its keys needs: its node, and where problems are told."""

from dataclasses import dataclass, field

from acttutor.course.document import Mapping, Problem
from acttutor.course.keys import Args
from acttutor.course.model_questions import Arguments
from acttutor.course.parser import ParsedBlock
from acttutor.course.places import Step, error, place


@dataclass(slots=True)
class Making:
    """One block while it is made; the problems it meets are placed in its file."""

    path: str
    parsed: ParsedBlock
    problems: list[Problem] = field(default_factory=list)

    @property
    def node(self) -> Mapping | None:
        """The tree of the block's body."""
        return self.parsed.node

    def error(self, steps: tuple[Step, ...], code: str, message: str, suggestion: str = "") -> None:
        """Note an error at the end of a way through the tree."""
        self.problems.append(error(self.path, place(self.node, *steps), code, message, suggestion))

    def unique(self, steps: tuple[Step, ...], ids: tuple[str, ...]) -> None:
        """No two options have one id."""
        for index, id in enumerate(ids):
            if id in ids[:index]:
                self.error(
                    (*steps, index, "id"), "duplicate-id", f"a second option {id}", "give it another id"
                )


def arguments(args: Args) -> Arguments:
    """The arguments of a measure as the model keeps them."""
    return tuple(args.items())
