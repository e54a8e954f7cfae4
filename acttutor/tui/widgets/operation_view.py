"""One operation: its formula, the same with numbers in it, what it reads and writes, and what it means."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from textual.content import Content
from textual.widget import Widget

from acttutor.course.formula import linear
from acttutor.i18n import Translator
from acttutor.nn.arrays import Array
from acttutor.nn.losses import Penalty
from acttutor.nn.trace import Operation, OperationKind, Phase, numbers
from acttutor.tui.simulation.cells import cells, cut, padded, wrapped
from acttutor.tui.simulation.formulas import set_formula, widest, without_result
from acttutor.tui.simulation.numbers import array_text, shape_text
from acttutor.tui.simulation.words import activation_names, heading, place_text, sentence
from acttutor.tui.stepper import Stepper

INDENT = 2
GAP = 6
"""Cells between two formulas side by side."""

QUIET = "$foreground 60%"


class Setting(StrEnum):
    """How an operation is set, from roomy to tight."""

    ROOMY = "roomy"
    BESIDE = "beside"
    PACKED = "packed"
    TIGHT = "tight"
    FLAT = "flat"


class OperationView(Widget):
    """Draws as large as it is; `compact` leaves out the tensors, for a page that has little room."""

    DEFAULT_CSS = """
    OperationView {
        height: 11;
        padding: 0 1;
    }
    """

    def __init__(
        self,
        translator: Translator,
        *,
        ascii_only: bool = False,
        compact: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.translator = translator
        self.ascii_only = ascii_only
        self.compact = compact
        self._stepper: Stepper | None = None
        self._asking = False
        self._hint = False

    def show(self, stepper: Stepper, *, asking: bool = False, hint: bool = False) -> None:
        """Show another place; `asking` keeps the result back, `hint` then shows the numbers it is made of."""
        self._stepper, self._asking, self._hint = stepper, asking, hint
        self.refresh()

    def render(self) -> Content:
        """The roomiest way of setting the parts that fits, with blank lines between them where there is space."""
        stepper = self._stepper
        width, height = self.content_size
        if stepper is None or width < 10:
            return Content("")
        operation = stepper.current
        if operation is None:
            return _joined(list(self._start(stepper, width)), height)
        parts: list[list[Content]] = []
        for setting in Setting:
            parts = list(self._parts(stepper, operation, width, setting))
            if sum(map(len, parts)) <= height:
                break
        return _joined(parts, height)

    # before the first operation ----------------------------------------------------------------------------------

    def _start(self, stepper: Stepper, width: int) -> Iterator[list[Content]]:
        _, n = self.translator.gettext, self.translator.ngettext
        trace = stepper.trace
        yield [Content.styled(cut(_("One training step, one operation at a time"), width), "bold")]
        samples = n("{n} sample", "{n} samples", len(trace.y)).format(n=len(trace.y))
        layers = " → ".join(
            [str(trace.network.widths[0])]
            + [f"{layer.units} {activation_names(layer)}" for layer in trace.network.layers]
        )
        about = _("{samples}, loss {loss}, learning rate {rate}").format(
            samples=samples, loss=trace.network.loss, rate=f"{trace.learning_rate:g}"
        )
        penalty = trace.regularization
        if penalty.kind is not Penalty.NONE:
            about += ", " + _("penalty {kind} {rate}").format(kind=penalty.kind, rate=f"{penalty.rate:g}")
        if self.ascii_only:
            layers = layers.replace("→", "->")
        yield [Content(line) for line in (*wrapped(layers, width), *wrapped(about, width))]
        words = _(
            "Nothing is computed yet. Step forward and watch each number appear: first the values, layer by layer, "
            "then the loss, then the gradients on their way back, at last the new weights. Step back at any time."
        )
        yield _quiet(words, width)

    # an operation ------------------------------------------------------------------------------------------------

    def _parts(
        self, stepper: Stepper, operation: Operation, width: int, setting: Setting
    ) -> Iterator[list[Content]]:
        yield [self._heading(stepper, operation, width)]
        whole = () if self.compact else self._whole(operation, width - INDENT, setting)
        entry = self._entry(stepper, operation, width - INDENT, setting)
        role = "$accent" if operation.phase is Phase.BACKWARD else "$primary"
        if whole and setting is not Setting.ROOMY and widest(whole) + GAP + widest(entry) + INDENT <= width:
            yield _beside(whole, entry, role)
        else:
            yield _indented(whole, "$foreground")
            yield _indented(entry, role)
        if not self.compact:
            packed = setting in (Setting.PACKED, Setting.TIGHT, Setting.FLAT)
            yield list((self._packed if packed else self._tensors)(stepper, operation, width))
        if not self._asking:
            yield _quiet(sentence(stepper.trace, operation, stepper.entry, self.translator), width)

    def _whole(self, operation: Operation, width: int, setting: Setting) -> tuple[str, ...]:
        """The formula on whole tensors."""
        if setting in (Setting.TIGHT, Setting.FLAT):
            return wrapped(linear(operation.formula, ascii_only=self.ascii_only), width)[:1]
        return set_formula(operation.formula, width, ascii_only=self.ascii_only)

    def _entry(self, stepper: Stepper, operation: Operation, width: int, setting: Setting) -> tuple[str, ...]:
        """The formula of the entry under the cursor with numbers in it, as much of it as may be seen."""
        latex = numbers(stepper.trace, operation.index, stepper.entry)
        if self._asking:
            known = without_result(latex) if self._hint else latex.partition(" = ")[0]
            latex = f"{known} = ?"
        if setting is Setting.FLAT:
            return wrapped(linear(latex, ascii_only=self.ascii_only), width)
        return set_formula(latex, width, ascii_only=self.ascii_only)

    def _heading(self, stepper: Stepper, operation: Operation, width: int) -> Content:
        place = place_text(stepper.trace, operation, stepper.entry, self.translator)
        title = cut(heading(stepper.trace.network, operation, self.translator), width)
        space = width - cells(title) - cells(place)
        if place and space < 2:
            place, space = "", 0
        arrows = ("^v " if self.ascii_only else "↑↓ ") if place and operation.value.size > 1 else ""
        if arrows and space >= len(arrows) + 2:
            space -= len(arrows)
        else:
            arrows = ""
        return Content.assemble((title, "bold"), " " * space, (arrows, "$primary"), (place, QUIET))

    def _read(self, stepper: Stepper, operation: Operation) -> list[tuple[str, Array]]:
        """What the operation reads, with the rate it multiplies by, which is no tensor of the trace."""
        trace = stepper.trace
        found = [(name, trace.tensor(name)) for name in operation.reads]
        if operation.phase is Phase.UPDATE:
            found.append(("eta" if self.ascii_only else "η", np.array(trace.learning_rate)))
        elif operation.kind is OperationKind.PENALTY_GRADIENT:
            found.append(("lambda" if self.ascii_only else "λ", np.array(trace.regularization.rate)))
        return found

    def _tensors(self, stepper: Stepper, operation: Operation, width: int) -> Iterator[Content]:
        """What is read and what is written, a line each."""
        _ = self.translator.gettext
        lead = max(cells(_("reads")), cells(_("writes"))) + 2
        read = self._read(stepper, operation)
        longest = max(len(name) for name, _tensor in (*read, (operation.writes, operation.value)))
        for number, (name, tensor) in enumerate((*read, (operation.writes, operation.value))):
            written = number == len(read)
            label = _("writes") if written else _("reads") if number == 0 else ""
            values = "?" if self._asking and written else array_text(tensor, 8)
            text = f"{name:<{longest}}  {shape_text(tensor):<4} = "
            style = "bold" if written else ""
            yield Content.assemble(
                (padded(label, lead), QUIET), text, (cut(values, width - lead - len(text)), style)
            )

    def _packed(self, stepper: Stepper, operation: Operation, width: int) -> Iterator[Content]:
        """The same in two lines: what is read in one, the smallest first, and what is written in the other."""
        _ = self.translator.gettext
        lead = max(cells(_("reads")), cells(_("writes"))) + 2
        read = sorted(self._read(stepper, operation), key=lambda named: named[1].size)
        reads = "   ".join(f"{name} {shape_text(tensor)} = {array_text(tensor, 4)}" for name, tensor in read)
        values = "?" if self._asking else array_text(operation.value, 8)
        writes = f"{operation.writes} {shape_text(operation.value)} = {values}"
        for label, text, style in ((_("reads"), reads, ""), (_("writes"), writes, "bold")):
            yield Content.assemble((padded(label, lead), QUIET), (cut(text, width - lead), style))


def _joined(parts: list[list[Content]], height: int) -> Content:
    """The parts below one another, blank lines between them as far as the height allows."""
    spare = height - sum(map(len, parts))
    lines: list[Content] = []
    for number, part in enumerate(parts):
        if number and part and spare > 0:
            lines.append(Content(""))
            spare -= 1
        lines += part
    return Content("\n").join(lines[:height])


def _indented(lines: tuple[str, ...], style: str) -> list[Content]:
    return [Content.styled(" " * INDENT + line, style) for line in lines]


def _beside(left: tuple[str, ...], right: tuple[str, ...], style: str) -> list[Content]:
    """Two formulas side by side, the lower one centred on the higher."""
    height, width = max(len(left), len(right)), widest(left) + GAP
    rows = []
    for row in range(height):
        texts = []
        for lines in (left, right):
            place = row - (height - len(lines)) // 2
            texts.append(lines[place] if 0 <= place < len(lines) else "")
        rows.append(Content.assemble(" " * INDENT + padded(texts[0], width), (texts[1], style)))
    return rows


def _quiet(text: str, width: int) -> list[Content]:
    return [Content.styled(line, QUIET) for line in wrapped(text, width)]
