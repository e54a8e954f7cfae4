"""Every gradient beside its finite difference."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from acttutor.i18n import Translator
from acttutor.nn.gradcheck import Check, check
from acttutor.nn.trace import TrainingStep
from acttutor.tui.simulation.cells import padded
from acttutor.tui.simulation.numbers import entry_name, short

AGREES = 1e-6
"""Relative errors below this are the rounding of a central difference, not a mistake in a gradient."""


WIDTHS = (18, 18, 18, 15, 1)
"""Cells of the table's columns."""


def verdict(item: Check) -> bool | None:
    """Whether the two agree; None where a kink is so near that they need not."""
    if item.relative_error <= AGREES:
        return True
    return None if item.near_kink else False


class GradientCheckScreen(ModalScreen[None]):
    """Backpropagation proves itself: move each parameter a little, see how much the loss moves."""

    CSS_PATH = "../simulator.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,g,enter", "dismiss", show=False, priority=True)]

    def __init__(self, step: TrainingStep, translator: Translator) -> None:
        super().__init__()
        self.step = step
        self.translator = translator
        self.checks: tuple[Check, ...] = ()

    def compose(self) -> ComposeResult:
        """What is done, the table, the sum of it."""
        _ = self.translator.gettext
        with Vertical(id="check-card", classes="card") as card:
            card.border_title = Content(_("Gradient check"))
            card.border_subtitle = Content(_("esc closes"))
            yield Static(
                Content(
                    _(
                        "(L(w + ε) − L(w − ε)) / 2ε, computed for every parameter with nothing but the forward pass."
                    )
                ),
                id="check-words",
            )
            with VerticalScroll(id="check-table"):
                yield Static(id="check-rows", markup=False)
            yield Static(Content(_("computing …")), id="check-sum")

    def on_mount(self) -> None:
        """Compute in a thread: it takes two forward passes a parameter."""
        self._compute()

    @work(thread=True, exclusive=True, group="gradient-check")
    def _compute(self) -> None:
        checks = check(self.step)
        self.app.call_from_thread(self._show, checks)

    def _show(self, checks: tuple[Check, ...]) -> None:
        if not self.is_mounted:
            return
        _ = self.translator.gettext
        self.checks = checks
        self.query_one("#check-rows", Static).update(Content("\n").join(self._rows(checks)))
        self.query_one("#check-table").focus()
        self.query_one("#check-sum", Static).update(self._sum(checks))

    def _rows(self, checks: tuple[Check, ...]) -> Iterator[Content]:
        _ = self.translator.gettext
        titles = ("", _("backpropagation"), _("finite difference"), _("relative error"), "")
        yield Content.styled("".join(map(padded, titles, WIDTHS)), "bold")
        for item in checks:
            agrees = verdict(item)
            sign, style = (
                ("~", "$warning") if agrees is None else ("✓", "$success") if agrees else ("✗", "$error")
            )
            numbers = (short(item.analytic, 8), short(item.numeric, 8), f"{item.relative_error:.1e}")
            yield Content.assemble(
                (padded(f"dL/d{entry_name(item.name, item.entry)}", WIDTHS[0]), "bold"),
                "".join(map(padded, numbers, WIDTHS[1:])),
                (f"{sign} {_('near a kink')}" if agrees is None else sign, f"bold {style}"),
            )

    def _sum(self, checks: tuple[Check, ...]) -> Content:
        _, n = self.translator.gettext, self.translator.ngettext
        verdicts = [verdict(item) for item in checks]
        worst = max(item.relative_error for item in checks)
        if all(verdicts):
            words = n(
                "{n} gradient agrees; largest error {error}",
                "All {n} gradients agree; largest error {error}",
                len(checks),
            )
            return Content.styled(f"✓ {words.format(n=len(checks), error=f'{worst:.1e}')}", "bold $success")
        if False in verdicts:
            wrong = verdicts.count(False)
            words = n("{n} gradient differs", "{n} gradients differ", wrong).format(n=wrong)
            return Content.styled(f"✗ {words}", "bold $error")
        kinks = verdicts.count(None)
        words = n(
            "{n} lies near a kink, where the slope jumps and the two may differ; all others agree",
            "{n} lie near a kink, where the slope jumps and the two may differ; all others agree",
            kinks,
        )
        return Content.styled(f"~ {words.format(n=kinks)}", "bold $warning")
