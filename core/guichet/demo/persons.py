"""The people one may be in a demonstration: how each signs in, kept beside the instance."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from guichet.demo.attempts import Attempt
from guichet.demo.opening import Staff
from guichet.demo.stage import Stage
from guichet.services.agent_sign_in import set_credentials

__all__ = ["FILE", "PASSWORD", "Cast", "Person", "Try", "applicant", "read_cast", "seat_agents", "write_cast"]

FILE = "demo.json"
PASSWORD = "guichet-demonstration"  # noqa: S105  written on the screen of every demonstration


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one may be; agents have a password and the secret of their codes."""

    role: str
    body: str
    name: str
    email: str
    territory: str
    password: str = ""
    totp_secret: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A company that has not filed yet and what the gate asks of it: enough to file by hand."""

    territory: str
    fields: Mapping[str, str]
    proofs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """What a prepared sandbox tells who starts it."""

    scheme: str
    business_day: date
    places: Sequence[str]
    filed: int
    beneficiaries: int
    agents: int
    persons: Sequence[Person]
    tries: Sequence[Try] = field(default=())


def seat_agents(stage: Stage, staff: Sequence[Staff], territory: str) -> list[Person]:
    """Give the first agent of each role and body of a place a known password and the secret of a phone."""
    seated: dict[tuple[str, str], Person] = {}
    bodies = stage.compiled(territory).scheme.workflow.bodies
    for one in staff:
        if one.territory != territory or (one.role, one.body) in seated:
            continue
        secret = b32encode(bytes.fromhex(stage.cases.ids.secret(20))).decode()
        set_credentials(stage.cases, one.id, password=PASSWORD, totp_secret=secret)
        seated[one.role, one.body] = Person(
            one.role, bodies[one.body], one.name, one.email, territory, PASSWORD, secret
        )
    return list(seated.values())


def applicant(attempt: Attempt) -> Person:
    """An applicant, who signs in by mail."""
    return Person("applicant", "", attempt.name, attempt.email, attempt.territory)


def write_cast(folder: Path, cast: Cast) -> None:
    """Keep the cast beside the instance, for its owner's eyes."""
    path = folder / FILE
    part = path.with_name(f"{FILE}.part")  # cut short, it would be taken for a sandbox that is ready
    part.touch(mode=0o600)
    told = {**asdict(cast), "business_day": cast.business_day.isoformat()}
    part.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def read_cast(folder: Path) -> Cast | None:
    """The cast of a prepared sandbox; None when the folder holds none."""
    path = folder / FILE
    if not path.is_file():
        return None
    told = json.loads(path.read_text("utf-8"))
    return Cast(
        **{
            **told,
            "business_day": date.fromisoformat(told["business_day"]),
            "persons": [Person(**one) for one in told["persons"]],
            "tries": [Try(**one) for one in told["tries"]],
        }
    )
