"""The key a grant is limited by: one field, the company, or several answers together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from declarations import SCHEME, a_library
from guichet.catalogue import CompiledScheme
from guichet.engine.keys import grant_key_of

SAME_NAME = ("DUPONT", "Dupont ", "Dùpont", "ＤＵＰＯＮＴ", "Dup\u00adont", "Du\u200bpont", "Dupоnt")
SAME_NUMBER = ("INE 1234 567 AB", "ine-1234567-ab", "INE\u20601234567AB", "INE\u0661\u0662\u06634567AB")


def with_grants(folder: Path, grants: str) -> CompiledScheme:
    fields = (
        "      titulaire: {type: text, label: Titulaire}\n"
        "      ne_le: {type: date, label: Date de naissance}\n"
        "      siret: {type: siret, label: SIRET}\n"
        "      mois: {type: month, label: Mois}\n"
    )
    text = SCHEME.replace("      titulaire: {type: text, label: Titulaire}\n", fields)
    text = text.replace("calendar:", f"grants: {grants}\ncalendar:")
    return a_library(folder, text).effective("essai").compiled


def test_a_person_is_the_same_however_the_name_is_written(tmp_path: Path) -> None:
    compiled = with_grants(tmp_path, "{one_per: [titulaire, ne_le], across: territory}")
    one = grant_key_of(compiled, {"titulaire": "Jean-François  DUPONT", "ne_le": date(1980, 1, 2)})
    other = grant_key_of(compiled, {"titulaire": "jean francois Dupont", "ne_le": date(1980, 1, 2)})
    twin = grant_key_of(compiled, {"titulaire": "Jean-François Dupont", "ne_le": date(1980, 1, 3)})
    assert one == grant_key_of(compiled, {"titulaire": "Jeanfrançois Dup\u200bоnt", "ne_le": date(1980, 1, 2)})
    assert one == other != twin
    assert grant_key_of(compiled, {"titulaire": "Jean-François Dupont", "ne_le": None}) is None


def test_a_company_may_be_granted_once_a_month(tmp_path: Path) -> None:
    compiled = with_grants(tmp_path, "{one_per: [siren, mois], across: territory}")
    april, may = ({"siret": "12345678200010", "mois": month} for month in ("2020-04", "2020-05"))
    other_establishment = {"siret": "12345678200028", "mois": "2020-04"}
    assert grant_key_of(compiled, april) == grant_key_of(compiled, other_establishment) != grant_key_of(compiled, may)


def test_a_name_alone_is_read_as_one_among_several(tmp_path: Path) -> None:
    compiled = with_grants(tmp_path, "{one_per: titulaire, across: territory}")
    keys = {grant_key_of(compiled, {"titulaire": name}) for name in SAME_NAME}
    assert keys == {"dupont"}
    assert grant_key_of(compiled, {"titulaire": "!!!"}) != grant_key_of(compiled, {"titulaire": "???"})
    numbers = {grant_key_of(compiled, {"titulaire": number}) for number in SAME_NUMBER}
    assert numbers == {"ine1234567ab"}
    boxes = [grant_key_of(compiled, {"titulaire": box}) for box in ("Jean.Roy@a.fr", "jean.roy@A.fr", "jean-roy@a.fr")]
    assert boxes[0] == boxes[1] != boxes[2]


@pytest.mark.parametrize("one_per", ["siret", "[siret]"])
def test_one_field_alone_is_its_own_value(one_per: str, tmp_path: Path) -> None:
    compiled = with_grants(tmp_path, f"{{one_per: {one_per}, across: territory}}")
    assert grant_key_of(compiled, {"siret": "12345678200010"}) == "12345678200010"
