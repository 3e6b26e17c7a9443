"""The `guichet` command: `main.py`, then one file per command."""
