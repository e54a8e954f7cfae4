"""A place in a training step: how many of its operations are done, and which entry is looked at.

Nothing is undone when time runs backwards: every tensor of the trace is kept, and a place only says how many are seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from acttutor.nn.arrays import Array
from acttutor.nn.trace import Operation, OperationKind, Phase, Trace

Entry = tuple[int, ...]
"""Where a number stands in its tensor, from 0: `(row, column)`, `(place,)`, or `()` for a single number."""

PER_SAMPLE = frozenset(
    {
        OperationKind.LINEAR,
        OperationKind.ACTIVATION,
        OperationKind.LOSS_GRADIENT,
        OperationKind.ACTIVATION_GRADIENT,
        OperationKind.INPUT_GRADIENT,
    }
)
"""Operations that write one row per sample and one column per unit."""


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How much of a phase is done; `first` is the number of its first operation, counted from 1."""

    phase: Phase
    done: int
    total: int
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class Stepper:
    """`index` operations of the trace are done: 0 is before the first, `total` after the last.

    `cursor` counts the entries of the tensor just written, row by row; `sample` is the row last looked at in a tensor
    that has one row per sample.
    """

    trace: Trace
    index: int = 0
    cursor: int = 0
    sample: int = 0

    @property
    def total(self) -> int:
        """How many operations the training step has."""
        return len(self.trace.operations)

    @property
    def current(self) -> Operation | None:
        """The operation done last; None before the first."""
        return self.trace.operations[self.index - 1] if self.index else None

    @property
    def upcoming(self) -> Operation | None:
        """The operation that comes next; None after the last."""
        return self.trace.operations[self.index] if self.index < self.total else None

    @property
    def phase(self) -> Phase:
        """The phase of the operation done last; before the first one it is the forward phase."""
        return self.current.phase if self.current else Phase.FORWARD

    @property
    def entry(self) -> Entry:
        """The entry under the cursor of the tensor just written."""
        return entry_of(self.current, self.cursor) if self.current else ()

    def tensors(self) -> dict[str, Array]:
        """Every tensor known by now, in the order they came."""
        return self.trace.tensors_at(self.index - 1)

    def counts(self) -> tuple[PhaseCount, ...]:
        """What is done of each phase, in their order; phases without operations are left out."""
        return tuple(self._counts())

    def _counts(self) -> Iterator[PhaseCount]:
        for phase in Phase:
            numbers = [op.index + 1 for op in self.trace.operations if op.phase is phase]
            if numbers:
                done = sum(number <= self.index for number in numbers)
                yield PhaseCount(phase, done, len(numbers), numbers[0])

    # moving in time ----------------------------------------------------------------------------------------

    def at(self, index: int) -> "Stepper":
        """As many operations done as `index` says, no fewer than none and no more than all."""
        wanted = min(max(index, 0), self.total)
        if wanted == self.index:
            return self
        moved = replace(self, index=wanted, cursor=0)
        operation = moved.current
        if operation is None or operation.kind not in PER_SAMPLE:
            return moved
        columns = operation.value.shape[1]
        before = self.current
        unit = self.entry[1] if before is not None and before.kind in PER_SAMPLE else 0
        return replace(moved, cursor=self.sample * columns + min(unit, columns - 1))

    def forward(self) -> "Stepper":
        """One operation on."""
        return self.at(self.index + 1)

    def back(self) -> "Stepper":
        """One operation back."""
        return self.at(self.index - 1)

    def first(self) -> "Stepper":
        """Before the first operation."""
        return self.at(0)

    def last(self) -> "Stepper":
        """After the last operation."""
        return self.at(self.total)

    def next_phase(self) -> "Stepper":
        """To the first operation of the next phase, or to the end from the last phase."""
        starts = [count.first for count in self.counts() if count.first > self.index]
        return self.at(starts[0]) if starts else self.last()

    def previous_phase(self) -> "Stepper":
        """To the first operation of this phase, from there to that of the phase before, at last to the beginning."""
        starts = [count.first for count in self.counts() if count.first < self.index]
        return self.at(starts[-1]) if starts else self.first()

    def end_of_phase(self) -> "Stepper":
        """To the last operation of the phase that comes next."""
        ends = [count.first + count.total - 1 for count in self.counts()]
        return self.at(next((end for end in ends if end > self.index), self.total))

    # looking at one entry ----------------------------------------------------------------------------------

    def look(self, cursor: int) -> "Stepper":
        """At another entry of the tensor just written; past the last comes the first again."""
        operation = self.current
        if operation is None:
            return self
        cursor %= operation.value.size
        sample = entry_of(operation, cursor)[0] if operation.kind in PER_SAMPLE else self.sample
        return replace(self, cursor=cursor, sample=sample)

    def next_entry(self) -> "Stepper":
        """At the next entry."""
        return self.look(self.cursor + 1)

    def previous_entry(self) -> "Stepper":
        """At the entry before."""
        return self.look(self.cursor - 1)

    def on(self, trace: Trace) -> "Stepper":
        """The same place in another trace, which may have fewer operations, samples or units."""
        index = min(self.index, len(trace.operations))
        sample = min(self.sample, len(trace.y) - 1)
        size = trace.operations[index - 1].value.size if index else 1
        return Stepper(trace, index, min(self.cursor, size - 1), sample)


def entry_of(operation: Operation, cursor: int) -> Entry:
    """The `cursor`-th entry, row by row, of what an operation writes."""
    entry: list[int] = []
    for length in reversed(operation.value.shape):
        cursor, place = divmod(cursor, length)
        entry.append(place)
    return tuple(reversed(entry))
