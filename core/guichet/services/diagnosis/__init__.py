"""What an installation needs to work, looked at item by item: each is green, amber or red, with what to do."""

from guichet.services.diagnosis.findings import Finding, State

__all__ = ["Finding", "State"]
