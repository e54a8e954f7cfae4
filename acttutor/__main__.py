"""The door: answers `--version` before anything else is imported."""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from acttutor import __version__

        print(f"acttutor {__version__}")
        return
    from acttutor.cli.main import run

    run()


if __name__ == "__main__":
    main()
