"""One module per area, each with `MESSAGES: dict[str, Message]`; `guichet.errors.catalogue` collects them."""
