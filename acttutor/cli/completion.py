"""`acttutor completion`: the script that teaches a shell to complete this command line."""

import click
from click.shell_completion import get_completion_class

from acttutor.cli.output import NumberFriendlyCommand

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=NumberFriendlyCommand)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for SHELL: bash, zsh or fish.

    \b
    bash: eval "$(acttutor completion bash)"     in ~/.bashrc
    zsh:  eval "$(acttutor completion zsh)"      in ~/.zshrc
    fish: acttutor completion fish | source      in ~/.config/fish/config.fish
    """
    from acttutor.cli.main import PROGRAM, root

    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"click knows no completion for {shell}", param_hint="SHELL")
    click.echo(kind(root, {}, PROGRAM, f"_{PROGRAM.upper()}_COMPLETE").source())
