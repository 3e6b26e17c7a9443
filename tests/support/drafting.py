"""Drafts for tests of the services: accounts, drafts begun, answered, ready to be filed, filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from applying import CASH, HS1000, IBAN, PROOF, SIRET, TURNOVER, VOLET2
from guichet.model.records import Dossier
from guichet.plugin.contracts import StoredFile
from guichet.services import drafts, filing, gates
from guichet.services.cases import UseCases
from guichet.storage import Tx, accounts, agents, dossiers

__all__ = [
    "HONOUR",
    "a_draft",
    "a_filed",
    "a_ready_draft",
    "an_account",
    "an_instructor",
    "let_in",
    "ready_essai",
    "the_dossier_of",
]

HONOUR = {"sincerite": True}
_FILE = StoredFile("ab/" + "ab" * 32, "carte.pdf", "application/pdf", 10, "ab" * 32)

VOLET2_PAGES: Mapping[str, Mapping[str, Any]] = {
    "entreprise": {
        "raison_sociale": "Boulangerie Le Goff",
        "effectif": "2",
        "exercice_clos": "true",
        "chiffre_affaires": TURNOVER,
    },
    "tresorerie": CASH,
    "pret": {"pret": "refuse", "date_demande_pret": "20/03/2020"},
    "compte": {"titulaire": "BOULANGERIE LE GOFF", "iban": IBAN},
}
HS1000_PAGES: Mapping[str, Mapping[str, Any]] = {
    "personne": {
        "nom": "Favre",
        "prenom": "Lucie",
        "adresse_personnelle": {"street": "12 rue du Lac", "postcode": "74000", "city": "Annecy"},
        "statut": "independant",
    },
    "etablissement": {"siret": SIRET, "commune": "74010", "fermeture": "true", "chomage_partiel": "false"},
    "pieces": {"piece_identite": _FILE, "releve_identite_bancaire": _FILE},
    "compte": {"titulaire": "LUCIE FAVRE", "iban": IBAN},
}
ESSAI_PAGES: Mapping[str, Mapping[str, Any]] = {
    "demande": {"effectif": "3", "annule": "true", "perte": "800", "titulaire": "ANNE GUIVARC'H", "iban": IBAN}
}
_PAGES = {VOLET2: VOLET2_PAGES, HS1000: HS1000_PAGES, "essai": ESSAI_PAGES}


def an_account(cases: UseCases, email: str = "anne@exemple.fr") -> str:
    """Give the id of an applicant's account."""
    return cases.store.act(lambda tx: accounts.ensure(tx, email)).id


def a_draft(cases: UseCases, account: str, scheme: str = VOLET2, territory: str = "reg-53") -> Dossier:
    """Give a draft just begun."""
    return drafts.start_draft(cases, account, scheme, territory)


def let_in(cases: UseCases, account: str, reference: str, siret: str = SIRET, proof: str = PROOF) -> gates.GateAnswer:
    """Try the gate of volet 2."""
    return gates.pass_gate(cases, account, reference, {"siret": siret, "proof_volet1_reference": proof})


def a_ready_draft(
    cases: UseCases,
    account: str,
    scheme: str = VOLET2,
    territory: str = "reg-53",
    changed: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """Give the reference of a draft with every required answer; volet 2 needs its list imported first."""
    reference = a_draft(cases, account, scheme, territory).reference
    if scheme == VOLET2:
        assert let_in(cases, account, reference).state in ("open", "held")
    for page, values in _PAGES[scheme].items():
        saved = drafts.save_page(cases, account, reference, page, {**values, **(changed or {}).get(page, {})})
        assert not saved.refused, saved.refused
    return reference


def ready_essai(cases: UseCases, account: str) -> str:
    """Give the reference of a complete draft of the small scheme `essai`."""
    return a_ready_draft(cases, account, "essai", "dep-74")


def a_filed(cases: UseCases, account: str, scheme: str = HS1000, territory: str = "dep-74", **options: Any) -> str:
    """Give the reference of a dossier just filed."""
    reference = a_ready_draft(cases, account, scheme, territory, **options)
    honour = HONOUR if scheme != "essai" else {}
    return filing.file(cases, account, reference, honour, f"key-{reference}").reference


def an_instructor(
    cases: UseCases, territory: str = "dep-74", body: str = "collectivite", role: str = "instructor"
) -> str:
    """Give the id of an agent who may give opinions (or decide) in a territory."""

    def act(tx: Tx) -> str:
        agent = agents.ensure(tx, email=f"{role}@{territory}.exemple.fr", name="Yann Le Bihan")
        office = agents.ensure_organisation(tx, territory=territory, body=body, name="Services")
        agents.assign(tx, agent_id=agent.id, role=role, organisation_id=office.id, territory=territory)
        return agent.id

    return cases.store.act(act)


def the_dossier_of(cases: UseCases, reference: str) -> Dossier:
    """Give a stored dossier."""
    found = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
    assert found is not None
    return found
