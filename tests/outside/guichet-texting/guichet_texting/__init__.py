"""What guichet-texting gives to Guichet: each hook is called once, at start."""

from guichet import hookimpl
from guichet_texting.notification_channels import TextMessages


@hookimpl
def register_notification_channels() -> list[object]:
    """Give it to Guichet."""
    return [TextMessages()]
