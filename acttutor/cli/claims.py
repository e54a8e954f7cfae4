"""`acttutor claims`: every claim of the course, computed now, and the measures that claims are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import click

from acttutor.cli.drawing import only_ascii
from acttutor.cli.options import AppOptions, pass_options, spoken_language
from acttutor.cli.output import EXIT_NO, NumberFriendlyCommand, complain, print_json, progress
from acttutor.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from acttutor.experiments.claims import Bound, Claim, Finding
    from acttutor.experiments.measures import Measure
    from acttutor.i18n import Translator

Registry: TypeAlias = "Callable[[], Iterable[Claim]]"
Measures: TypeAlias = "Callable[[], tuple[Measure, ...]]"

_COLUMNS = 80
_INDENT = " " * 4
_NUMBER = 12
_HOLDS, _FAILS = "✓", "✗"
_ASCII = str.maketrans(
    {
        "√": "sqrt ",
        "±": "+-",
        "≤": "<=",
        "≥": ">=",
        "½": "1/2",
        "Σ": "sum ",
        "←": "<-",
        "ⁿ": "^n",
        "₊": "+",
        "ₙ": "n",
    }
)


def claims_command(registry: Registry, known: Measures) -> click.Command:
    """The command over the claims of a registry and the measures they may use."""

    @click.command(name="claims", cls=NumberFriendlyCommand)
    @click.argument("beginnings", metavar="[ID]...", nargs=-1)
    @click.option("--json", "as_json", is_flag=True, help="One JSON list.")
    @click.option("--measures", "list_measures", is_flag=True, help="List what a claim may compute instead.")
    @pass_options
    def command(
        options: AppOptions, *, beginnings: tuple[str, ...], as_json: bool, list_measures: bool
    ) -> int:
        """Compute every claim of the course; with ID only those whose id begins so, 27 for claim 27.

        Exit code 0 when all of them hold, 1 when one does not.
        """
        if list_measures:
            _list(_named(known(), beginnings), options, as_json=as_json)
            return 0
        from acttutor.experiments.claims import chosen

        return _check(chosen(registry(), beginnings), known(), options, as_json=as_json)

    return command


def _all_claims() -> Iterable[Claim]:
    from acttutor.experiments.source_claims import claims

    return claims()


def _all_measures() -> tuple[Measure, ...]:
    from acttutor.experiments.measures import measures

    return measures()


claims = claims_command(_all_claims, _all_measures)


def _check(
    entries: tuple[Claim, ...], known: tuple[Measure, ...], options: AppOptions, *, as_json: bool
) -> int:
    from acttutor.i18n import translator

    findings = tuple(_computed(entries, known))
    tr = translator(spoken_language(options))
    if as_json:
        print_json([_record(finding) for finding in findings])
    else:
        width = max((len(entry.id) for entry in entries), default=0)
        for finding in findings:
            _tell(finding, width, options, tr)
        _say(_summary(findings, tr), options, rest="  ")
    broken = [finding.claim.id for finding in findings if not finding.holds]
    if broken and as_json:
        complain(f"these claims do not hold: {', '.join(broken)}")
    return EXIT_NO if broken else 0


def _computed(entries: tuple[Claim, ...], known: tuple[Measure, ...]) -> Iterator[Finding]:
    """The findings one after another, with a bar on stderr while there is somebody to see it."""
    from acttutor.experiments.claims import investigate

    looks = {"show_eta": False, "show_pos": True, "item_show_func": lambda id: id or ""}
    with progress(len(entries), "claims", **looks) as move:
        for number, entry in enumerate(entries, 1):
            yield investigate(entry, known)
            move(number, entry.id)


def _record(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.claim.id,
        "source": finding.claim.source,
        "statement": finding.claim.statement,
        "measured": finding.measured,
        "bound": finding.claim.bound.mapping,
        "holds": finding.holds,
    }


def _tell(finding: Finding, width: int, options: AppOptions, tr: Translator) -> None:
    """`✓ 27-tanh-slope   1   = 1`, and the statement under it."""
    from acttutor.plots.numbers import number

    plain_only = only_ascii(options)
    mark = _HOLDS if finding.holds else _FAILS
    if plain_only:
        mark = "ok" if finding.holds else "NO"
    measured = number(finding.measured, 5, ascii_only=plain_only)
    bound = _bound_text(finding.claim.bound, ascii_only=plain_only)
    _say(f"{mark} {finding.claim.id:{width}}  {measured:>{_NUMBER}}  {bound}", options)
    _say(tr.gettext(finding.claim.statement), options, _INDENT, _INDENT)


def _summary(findings: tuple[Finding, ...], tr: Translator) -> str:
    _ = tr.gettext
    broken = [finding.claim.id for finding in findings if not finding.holds]
    if not broken:
        return tr.ngettext(
            "{count} claim, and it holds.", "{count} claims, and all hold.", len(findings)
        ).format(count=len(findings))
    return _("{broken} of {count} claims do not hold: {ids}").format(
        broken=len(broken), count=len(findings), ids=_(", ").join(broken)
    )


def _bound_text(bound: Bound, *, ascii_only: bool) -> str:
    """The bound as a person reads it: `= 0.25 ± 0.001`, `< 10⁻⁷`, `0.4 … 0.7`."""
    from acttutor.plots.numbers import number

    def shown(value: float) -> str:
        return number(value, 5, ascii_only=ascii_only)

    if bound.equals is not None:
        give_or_take = "+-" if ascii_only else "±"
        return f"= {shown(bound.equals)}" + (
            f" {give_or_take} {shown(bound.tolerance)}" if bound.tolerance else ""
        )
    if bound.below is not None:
        return f"< {shown(bound.below)}"
    if bound.above is not None:
        return f"> {shown(bound.above)}"
    return (" .. " if ascii_only else " … ").join(map(shown, bound.between or ()))


def _named(known: tuple[Measure, ...], beginnings: tuple[str, ...]) -> tuple[Measure, ...]:
    """The measures whose name begins with one of the texts; all of them when there is none."""
    for text in beginnings:
        if not any(entry.name.startswith(text) for entry in known):
            hint = did_you_mean(text, [entry.name for entry in known])
            raise UserError(f"there is no measure whose name begins with {text!r}", hint=hint)
    return tuple(entry for entry in known if not beginnings or entry.name.startswith(beginnings))


def _list(entries: tuple[Measure, ...], options: AppOptions, *, as_json: bool) -> None:
    if as_json:
        print_json([_card(entry) for entry in entries])
        return
    for entry in entries:
        _say(entry.signature, options, rest="  ")
        _say(entry.summary, options, _INDENT, _INDENT)


def _card(entry: Measure) -> dict[str, object]:
    return {
        "name": entry.name,
        "signature": entry.signature,
        "summary": entry.summary,
        "arguments": [
            {"name": argument.name, "type": argument.type.value, "default": argument.default}
            for argument in entry.parameters
        ],
    }


def _say(text: str, options: AppOptions, first: str = "", rest: str = "") -> None:
    """Print text in lines of 80 columns, the first and the other ones indented."""
    from acttutor.course.plain import wrapped
    from acttutor.plots.sheet import plain

    for line in wrapped(
        plain(text.translate(_ASCII)) if only_ascii(options) else text, _COLUMNS, first, rest
    ):
        click.echo(line)
