"""Why a use case says no: small errors that carry data; screens and commands make the sentence."""

from __future__ import annotations

from datetime import date, datetime

from guichet.errors import GuichetError


class Refused(GuichetError):  # noqa: N818  reads as the fact it states
    """The root of a use case's refusals: a code of the screens' texts and the values it quotes."""

    def __init__(self, code: str, **data: object) -> None:
        self.code = code
        self.data = data
        super().__init__(f"{code} {data}")


class NotFound(Refused):
    """Absent, or not to be seen: both answer alike."""

    def __init__(self) -> None:
        super().__init__("not_found")


class NotOpen(Refused):
    """Filing outside the calendar."""

    def __init__(self, state: str, at: datetime | date) -> None:
        self.state = state
        super().__init__("not_open", state=state, at=at)


class GateClosed(Refused):
    """The gate is not open for this dossier."""


class Incomplete(Refused):
    """Required answers or attestations are missing."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__("incomplete", missing=missing)


class TooManyAttempts(Refused):
    """A counter of attempts is spent for now."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("too_many_attempts", until=until)


class WrongPhase(Refused):
    """The act does not fit where the dossier stands."""

    def __init__(self, phase: str, stage: str | None = None) -> None:
        super().__init__("wrong_phase", phase=phase, stage=stage)
