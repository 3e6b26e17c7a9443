"""The web: teleservice, instruction, API; templates and static files."""
