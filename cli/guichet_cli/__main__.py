"""`python -m guichet_cli`: the command, where its script is not on the path."""

from guichet_cli.main import main

__all__: list[str] = []

main()
