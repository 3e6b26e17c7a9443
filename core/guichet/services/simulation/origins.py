"""Where answers come from: what a file of them says of its own making, in its metadata."""

# pyarrow has no types: strict checking finds what it gives unknown.
# pyright: standard

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from guichet.errors import Problem, ProblemsFound
from guichet.model.scheme import Scheme
from guichet.services.simulation.periods import Unjudged

__all__ = ["BESIDE", "METADATA", "Origin", "read_origin", "rules_hash"]

METADATA: Final = "guichet"
"""The key of the metadata of a Parquet file under which it stands, as JSON."""
BESIDE: Final = "_guichet.json"
"""The file that holds it where answers are a folder."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What answers were made of: the scheme and its rules, the day, how the data was read."""

    scheme: str
    rules: Mapping[str, str]
    """Territory, empty for the scheme itself → the hash of its rules."""
    on: date | None
    """The judging day of every line; None when each has its own."""
    territory: str | None
    numbered: bool = True
    """Whether the number of a line is its place in the data; on a cluster it is only its own."""
    separator: str = ","
    kept: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """The lists given as files."""
    absent_lists: tuple[str, ...] = ()
    unjudged: Mapping[str, Unjudged] = field(default_factory=dict[str, Unjudged])

    def as_json(self) -> str:
        """The text that metadata hold."""
        return json.dumps({**asdict(self), "on": self.on.isoformat() if self.on else None}, ensure_ascii=False)


def rules_hash(scheme: Scheme) -> str:
    """The hash of what answers depend on: rules, parameters, lists, codes, and the fields without their texts."""
    told = scheme.model_dump(mode="json", include={"rules", "parameters", "lists", "codes"})
    fields = {
        name: declared.model_dump(mode="json", exclude={"label", "help"})
        for page in scheme.application.values()
        for name, declared in page.fields.items()
    }
    pages = [page.asked_when for page in scheme.application.values()]
    text = json.dumps([told, fields, pages], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_origin(results: Path) -> Origin:
    """What a file of answers says of itself; raises ProblemsFound when it is none."""
    try:
        if results.is_dir():
            beside = results / BESIDE
            text = beside.read_bytes() if beside.is_file() else None
        else:
            text = (pq.read_metadata(results).metadata or {}).get(METADATA.encode())
        return _origin(json.loads(text)) if text is not None else _refuse("results.no_origin", results)
    except (pa.ArrowInvalid, OSError) as error:
        raise ProblemsFound([Problem("results.unreadable", {"value": results.name})]) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProblemsFound([Problem("results.no_origin", {"value": results.name})]) from error


def _origin(told: dict[str, Any]) -> Origin:
    lists = {name: tuple(told[name]) for name in ("kept", "ignored", "lists", "absent_lists")}
    unjudged = {name: Unjudged(**each) for name, each in told["unjudged"].items()}
    on = date.fromisoformat(told["on"]) if told["on"] else None
    return Origin(**{**told, **lists, "unjudged": unjudged, "on": on})


def _refuse(code: str, results: Path) -> Origin:
    raise ProblemsFound([Problem(code, {"value": results.name})])
