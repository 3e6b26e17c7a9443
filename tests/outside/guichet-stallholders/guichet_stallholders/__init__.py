"""What guichet-stallholders gives to Guichet: each hook is called once, at start."""

from guichet import hookimpl
from guichet_stallholders.list_sources import Stallholders


@hookimpl
def register_list_sources() -> list[object]:
    """Give it to Guichet."""
    return [Stallholders()]
