"""One grant per company, establishment, month, person: as shipped schemes say it, whoever comes together."""

from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from databases import each_address
from guichet.engine.keys import grant_key_of
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.storage import grants
from guichet.storage.errors import AlreadyGrantedError
from worked import a_filed_dossier, an_instance, publish_snapshot, snapshot_of

LEA = {"nom": "Martin", "prenom": "Léa", "date_naissance": date(1990, 4, 18)}
KEYS: tuple[tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any]], ...] = (
    # scheme, territory, who asks, who is the same, who is another
    ("fds-volet-2", "reg-53", {"siret": "12345678200010"}, {"siret": "12345678200028"}, {"siret": "73282932000074"}),
    ("idf-aide-loyer", "reg-11", {"siret": "12345678200010"}, {"siret": "12345678200010"}, {"siret": "12345678200028"}),
    (
        "mayotte-chido",
        "reg-06",
        {"siret": "12345678200010", "mois": "2025-01"},
        {"siret": "12345678200028", "mois": "2025-01"},
        {"siret": "12345678200010", "mois": "2025-02"},
    ),
    (
        "occitanie-velo",
        "reg-76",
        LEA,
        {**LEA, "nom": "MARTIN", "prenom": "Lea"},
        {**LEA, "date_naissance": date(1991, 4, 18)},
    ),
)


@each_address
def test_a_key_is_granted_once_and_another_key_is_free(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url, published=()) as cases:
        for scheme, territory, one, same, other in KEYS:
            body = snapshot_of(scheme, territory)
            cases.store.act(lambda tx, body=body: publish_snapshot(tx, body))
            first, second, third = (filed(cases, scheme, territory, answers) for answers in (one, same, other))
            assert first.grant_key == second.grant_key != third.grant_key
            taken = together(cases, [first, second, third])
            assert sorted(taken, key=bool) == [False, True, True], scheme
            assert taken[2], scheme


def filed(cases: UseCases, scheme: str, territory: str, answers: dict[str, Any]) -> Dossier:
    key = grant_key_of(cases.snapshots.by_hash(snapshot_of(scheme, territory).hash), answers)
    assert key is not None
    return a_filed_dossier(cases, scheme=scheme, territory=territory, grant_key=key)


def together(cases: UseCases, dossiers: list[Dossier]) -> list[bool]:
    """Whether each took its grant, all at the same moment, in acts of their own."""
    start, taken = Barrier(len(dossiers)), [False] * len(dossiers)

    def take(place: int, dossier: Dossier) -> None:
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
        assert compiled.scheme.grants is not None
        scope = dossier.territory if compiled.scheme.grants.across == "territory" else ""
        start.wait()
        try:
            cases.store.act(
                lambda tx: grants.take(
                    tx, scheme=dossier.scheme, scope=scope, key=dossier.grant_key or "", dossier=dossier.id
                )
            )
        except AlreadyGrantedError:
            return
        taken[place] = True

    threads = [Thread(target=take, args=pair) for pair in enumerate(dossiers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken
