"""The one door to other services: allowed hosts, quotas, retries, breakers, and a log of each call."""

from guichet.plugin.outside.breaker import PAUSE
from guichet.plugin.outside.client import OutsideClient
from guichet.plugin.outside.hosts import AllowedHosts

__all__ = ["PAUSE", "AllowedHosts", "OutsideClient"]
