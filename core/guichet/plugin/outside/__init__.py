"""The one door to other services: allowed hosts, quotas, retries, breakers, and a log of each call."""

from guichet.plugin.outside.allowance import Allowance, Flight
from guichet.plugin.outside.breaker import PAUSE
from guichet.plugin.outside.client import OutsideClient
from guichet.plugin.outside.hosts import AllowedHosts
from guichet.plugin.outside.quota import Change, QuotaBook
from guichet.plugin.outside.trust import believe

__all__ = [
    "PAUSE",
    "Allowance",
    "AllowedHosts",
    "Change",
    "Flight",
    "OutsideClient",
    "QuotaBook",
    "believe",
]
