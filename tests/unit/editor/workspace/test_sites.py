"""Names in expressions: what a row is called there is no name of the scheme."""

from __future__ import annotations

import pytest

from guichet.editor.workspace.sites import sites_of
from guichet.loader.reader import read_text

RULES = """\
2020-04-01:
  legal: Décret
  define:
    total: {label: Total, value: "%s"}
"""


@pytest.mark.parametrize(
    "expression",
    [
        "si quelque d dans dettes satisfait d.echue alors plafond sinon 0 €",
        "somme(d.montant pour d dans dettes où d.echue) + plafond",
        "nombre(d dans dettes où d.echue) * plafond",
    ],
)
def test_the_name_of_a_row_is_no_name_of_the_scheme(expression: str) -> None:
    sites = sites_of(read_text(RULES % expression, "rules.yaml"), "rules", "fr")
    assert {site.name for site in sites if site.role == "name"} == {"dettes", "plafond"}
