"""Options as a declaration gives them: what is wrong is told with its file and its line, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from guichet.catalogue.options import validate_options
from guichet.catalogue.report import Report
from guichet.errors import Problem, render
from guichet.loader.library import locator
from guichet.loader.reader import Mapping as MappingNode
from guichet.loader.reader import read_text
from guichet.plugin.contracts import ByOperator, Options

__all__ = ["assert_options"]

_FILE = "scheme.yaml"
_SCALARS: Mapping[type, str] = {int: "Whole", bool: "Flag", float: "Whole or Cents", date: "Day"}
_SECRETS = frozenset({"token", "password", "secret", "passphrase", "apikey"})


def assert_options(
    model: type[Options],
    declared: Mapping[str, Any] | None = None,
    *,
    refused: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Check a model of options: it takes what is declared, refuses the rest where it stands.

    Args:
        declared: Options that are right, every scalar as text.
        refused: Options that are wrong.
    """
    _assert_reads_text(model)
    right = dict(declared or {})
    refusals = "\n".join(render(one, "en") for one in told(model, right))
    assert not refusals, f"{right} is refused:\n{refusals}"
    for wrong in ({**right, "no_such_option": "x"}, *refused):
        problems = told(model, wrong)
        assert problems, f"{dict(wrong)} is taken"
        for problem in problems:
            assert problem.position is not None, f"nobody knows where {problem} stands"
            assert problem.position.file == _FILE, f"{problem} stands in another file"
            for language in ("fr", "en"):
                assert render(problem, language).strip(), f"nothing is said in {language}"


def _assert_reads_text(model: type[Options]) -> None:
    """Check that each option reads text strictly, and that what holds a secret is marked so."""
    for name, field in model.model_fields.items():
        scalar = _SCALARS.get(cast("type", field.annotation)) if not field.metadata else None
        assert scalar is None, f"{model.__name__}.{name}: a declaration gives text, read it by {scalar}"
        marked = any(isinstance(one, ByOperator) for one in field.metadata)
        names_one = name.casefold().rpartition("_")[2] in _SECRETS
        assert marked or not names_one, f"{model.__name__}.{name}: a secret is marked so, {name}: Secret"


def told(model: type[Options], declared: Mapping[str, Any]) -> list[Problem]:
    """Give what the core says of options written in a file."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in declared.items()]
    node = read_text("\n".join(["plugin: ours", *lines, ""]), _FILE)
    assert isinstance(node, MappingNode)
    report = Report(locator(node))
    validate_options(model, declared, (), report, by_operator=True)
    return report.problems
