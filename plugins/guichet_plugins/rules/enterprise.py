"""Parts of the numbers that name companies, establishments and communes."""

from __future__ import annotations

from typing import Any

from guichet import TEXT, Signature, departement_of_commune, hookimpl


def siren_of(siret: str) -> str:
    """Give the company of an establishment: its first nine digits.

    >>> siren_of("55204944776279")
    '552049447'
    """
    return siret[:9]


def nic_of(siret: str) -> str:
    """Give the number of an establishment within its company: the last five digits."""
    return siret[9:14]


def siren_in_columns(siret: Any) -> Any:
    """Give the same over a column."""
    return siret.str.slice(0, 9)


def nic_in_columns(siret: Any) -> Any:
    """Give the same over a column."""
    return siret.str.slice(9, 5)


def departement_in_columns(insee: Any) -> Any:
    """Give the Département of a commune over a column."""
    import narwhals  # only simulations call a function by the column

    nw: Any = narwhals
    start = insee.str.slice(0, 2)
    length = nw.when((start == "97") | (start == "98")).then(insee.str.slice(0, 3)).otherwise(start)
    known = insee.str.contains("^([0-9]{2}|2[ABab])[0-9]{3}$")
    return nw.when(known).then(nw.concat_str([nw.lit("dep-"), length.str.to_lowercase()]))


@hookimpl
def register_rule_functions() -> list[Signature]:
    """Give the functions of this module."""
    return [
        Signature(
            "siren",
            {"fr": "siren", "en": "siren"},
            (TEXT,),
            TEXT,
            siren_of,
            bulk=siren_in_columns,
            label={"fr": "le SIREN tiré de {0}", "en": "the SIREN taken from {0}"},
        ),
        Signature(
            "nic",
            {"fr": "nic", "en": "nic"},
            (TEXT,),
            TEXT,
            nic_of,
            bulk=nic_in_columns,
            label={"fr": "le NIC tiré de {0}", "en": "the NIC taken from {0}"},
        ),
        Signature(
            "departement_of",
            {"fr": "departement_de", "en": "departement_of"},
            (TEXT,),
            TEXT,
            departement_of_commune,
            bulk=departement_in_columns,
            label={"fr": "le département de {0}", "en": "the département of {0}"},
            nomenclature="territories",
        ),
    ]
