"""`guichet`, and `python -m guichet_cli` where its script is not on the path."""

import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command typed; interrupted while it is still being loaded, leaves as any interrupted command does."""
    try:
        # Here, because what it imports takes half a second, in which Ctrl-C would show a traceback.
        from guichet_cli.main import main as run_typed
    except KeyboardInterrupt:
        sys.exit(130)
    run_typed()


if __name__ == "__main__":
    main()
