"""The door: answers `--version` before anything else is imported."""

import os
import sys


def main() -> None:
    """Run the command line."""
    # Our matrices are small: threads of the linear algebra cost more than they bring, on a shared machine many times.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from acttutor import __version__

        try:
            print(f"acttutor {__version__}", flush=True)
        except OSError:
            pass  # the command line below tries again, and says what is wrong
        else:
            return
    from acttutor.cli.main import run

    run()


if __name__ == "__main__":
    main()
