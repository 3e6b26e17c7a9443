"""What left a result undetermined without an answer missing: lists and fields that are silent, functions that broke."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.services.assessments import Assessment

__all__ = ["Silences", "silences_of"]


@dataclass(frozen=True, slots=True)
class Silences:
    """Who did not answer, in words for people."""

    sources: tuple[str, ...]
    """The labels of the lists and fields whose source is silent."""
    functions: tuple[str, ...]
    """The functions of plugins that gave no answer, by the names that rules call them."""


def silences_of(assessment: Assessment) -> Silences:
    """Give what a result lacks, in the order of the form."""
    lists, fields = assessment.compiled.scheme.lists, assessment.compiled.fields
    silent = assessment.result.unavailable
    labels = {name: lists[name].label or name for name in silent if name in lists}
    labels |= {name: fields[name].declaration.label for name in silent if name in fields}
    return Silences(
        tuple(labels[name] for name in silent if name in labels), tuple(name for name in silent if name not in labels)
    )
