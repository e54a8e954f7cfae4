"""How commands speak: data on stdout, one clear line on stderr when something is wrong, and the exit code.

Every command is a `NumberFriendlyCommand` (or sits below the root group), so that its errors read the same.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

from acttutor.errors import UserError

EXIT_NO = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NEGATIVE_NUMBER = re.compile(r"-(?:\.?\d.*|inf|infinity|nan)", re.IGNORECASE)
# An argument never holds NUL, the operating system sees to that, so this mark cannot be typed.
_ARGUMENT_MARK = "\0"


def print_json(value: object) -> None:
    """Print one RFC 8259 document; arrays become lists, non-finite numbers "nan", "inf" and "-inf".

    Raises TypeError for what has no JSON form, which is a mistake of the caller.
    """
    click.echo(json.dumps(_plain(value), ensure_ascii=False, allow_nan=False))


def is_watched() -> bool:
    """Whether somebody watches stderr, so that progress is worth showing; a closed stderr is None."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress(length: int, label: str, **looks: Any) -> Iterator[Callable[[int, Any], None]]:
    """A bar on stderr while somebody watches it; what it yields moves it to a position, for an item to show.

    `looks` is handed on to click's bar.
    """
    if not is_watched():
        yield lambda position, item: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr, **looks) as bar:
        yield lambda position, item: bar.update(max(0, position - bar.pos), item)


def visible(text: str) -> str:
    """The text with control, bidi-override and lone surrogate characters spelled out as escapes.

    What a person typed or a file holds may be quoted in a message; it must not steer the terminal.
    """
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def complain(message: object) -> None:
    """Tell one line on stderr, with the name of the program before it."""
    tell(f"acttutor: {message}")


def tell(line: str) -> None:
    """Tell one line on stderr; where that cannot be written, the exit code has to do."""
    with suppress(OSError):
        click.echo(visible(line), err=True)


def fail(error: UserError | str) -> NoReturn:
    """Tell what is wrong in one line on stderr and leave with exit code 2."""
    complain(error)
    raise SystemExit(EXIT_USAGE)


def _plain(value: object) -> object:
    """`value` as what the json module writes; numbers JSON cannot hold become strings."""
    if isinstance(value, float):
        if math.isnan(value):
            return "nan"
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        return float(value)
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    to_list = getattr(value, "tolist", None)  # NumPy arrays and scalars, without importing NumPy for it
    if callable(to_list):
        return _plain(to_list())
    raise TypeError(f"{type(value).__name__} has no JSON form")


class OneLineErrors(click.Command):
    """A command whose errors are one line on stderr and exit code 2, instead of click's usage block.

    Only a group that is given no command shows its whole help, on stderr too.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help of a group that needs a command and has none."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            with suppress(OSError):
                click.echo(ctx.get_help(), err=True)
            ctx.exit(EXIT_USAGE)
        return super().parse_args(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and leave: 0 fine, 1 the answer is no, 2 wrong usage or input, 130 interrupted."""
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except UserError as error:
            fail(error)
        except click.ClickException as error:
            complain(_usage_line(error))
            raise SystemExit(error.exit_code) from None
        except click.Abort as error:
            reason = error.__cause__ or error.__context__
            raise SystemExit(EXIT_INTERRUPTED if isinstance(reason, KeyboardInterrupt) else EXIT_NO) from None
        if not standalone_mode:
            return result
        raise SystemExit(result if isinstance(result, int) else 0)


class NumberFriendlyCommand(OneLineErrors):
    """A command to which `-1`, `-1e3` and `-inf` are arguments, with and without `--` before them."""

    def make_parser(self, ctx: click.Context) -> Any:
        """click's parser, shown negative numbers in a disguise that it does not take for options."""
        parser = super().make_parser(ctx)
        parse = parser.parse_args

        def parse_args(args: list[str]) -> tuple[dict[str, Any], list[str], list[click.Parameter]]:
            options, rest, order = parse(_disguise(args))
            return {name: _undisguise(value) for name, value in options.items()}, _undisguise(rest), order

        parser.parse_args = parse_args  # type: ignore[method-assign]
        return parser


def _disguise(arguments: list[str]) -> list[str]:
    """Mark negative numbers before the first `--`; what follows it is no option anyway."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [
        _ARGUMENT_MARK + argument if place < end and _NEGATIVE_NUMBER.fullmatch(argument) else argument
        for place, argument in enumerate(arguments)
    ]


def _undisguise(value: Any) -> Any:
    """Take the mark off again, inside lists and tuples too."""
    if isinstance(value, str):
        return value.removeprefix(_ARGUMENT_MARK)
    if isinstance(value, list | tuple):
        return type(value)(_undisguise(item) for item in value)
    return value


def _usage_line(error: click.ClickException) -> str:
    """click's message in one line, with the way to help behind it when the usage was wrong."""
    message = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message.rstrip('.')} (help: {error.ctx.command_path} --help)"
    return message
