"""An instance whose every outside service is a stand-in, of whatever is installed; a scheme that asks them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any
from wsgiref.types import WSGIApplication

from declarations import a_library, with_change
from drafting import an_account
from guichet.plugin.contracts import Contract
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.plugin.registry import FAMILIES
from guichet.plugin.sandboxes import FAULTS, Faults, mounted, sandboxes_of, serve_sandbox
from guichet.services import drafts, filing
from guichet.services.cases import UseCases
from guichet.services.prefills import prefill_draft
from instances import MovableClock, an_instance, the_plugins
from prefilling import COMPANY, PREFILL, scheme_with
from sandboxes import Calls

__all__ = ["DEAD_OR_LYING", "World", "a_world"]

LIST = """\
lists:
  soutenus:
    plugin: demarches_simplifiees
    key: siren
    columns: {reference: text, amount: money}
    demarche: 1234
    champs: {reference: Référence du versement, amount: Montant versé}
    dossier: {siren: demandeur.entreprise.siren}
"""
LATER = PREFILL.replace("    fields:\n", "    when_silent: later\n    fields:\n")
CRITERION = """\
      inconnu:
        label: Pas déjà soutenu
        when: non (siren(siret) dans liste soutenus)
        otherwise: Vous avez déjà été soutenu.
      petit:
"""
SETTINGS: dict[str, dict[str, Any]] = {
    "api_entreprise": {"token": "secret:token", "recipient": "22740001700074", "context": "essai"},
    "demarches_simplifiees": {"token": "secret:token"},
}
REST = {"annule": "true", "perte": "800", "titulaire": "ANNE GUIVARC'H", "iban": "FR7630006000011234567890189"}
DEAD_OR_LYING = [kind for kind in FAULTS if kind not in {"none", "latency"}]


@dataclass
class World:
    """An instance whose every outside service is a stand-in."""

    cases: UseCases
    apps: dict[str, Faults]
    calls: Calls
    filing_s: list[float]

    def order(self, kind: str, seconds: float = 900) -> None:
        """Put a fault in force at every service."""
        for app in self.apps.values():
            app.order(kind, seconds=seconds)

    def later(self, **span: float) -> None:
        """Let time pass."""
        assert isinstance(self.cases.clock, MovableClock)
        self.cases.clock.advance(**span)

    def file(self, number: int) -> str:
        """Ask, answer and file like an applicant."""
        account = an_account(self.cases, f"a{number}@exemple.fr")
        draft = drafts.start_draft(self.cases, account, "essai", "dep-74")
        saved = drafts.save_page(self.cases, account, draft.reference, "demande", {"siret": COMPANY, **REST})
        assert not saved.refused, saved.refused
        prefill_draft(self.cases, saved.draft, 5.0)
        start = perf_counter()
        filed = filing.file(self.cases, account, draft.reference, {}, f"key-{number}").reference
        self.filing_s.append(perf_counter() - start)
        return filed

    def file_many(self, count: int, first: int = 0) -> list[str]:
        """File from four people at once, and give the references."""
        with ThreadPoolExecutor(4) as people:
            return list(people.map(self.file, range(first, first + count)))


def _scheme() -> str:
    fields = "      siret: {type: siret, label: SIRET}\n      nom: {type: text, label: Nom}\n"
    prefill = LATER.replace("      lieu: address\n", "").replace("      attestation: tax_certificate\n", "")
    prefill = prefill.replace("      naf: {item: naf, correctable: false}\n", "")
    scheme = scheme_with(LIST + prefill, fields)
    return with_change("      petit:\n        label: Au plus", CRITERION + "        label: Au plus", scheme)


@contextmanager
def a_world(folder: Path, **others: WSGIApplication) -> Iterator[World]:
    """Give the instance; `others` take the place of the stand-ins of their plugins."""
    plugins = the_plugins()
    apps = {key: Faults(app) for key, app in {**sandboxes_of(plugins), **others}.items()}
    library = a_library(folder / "declared", _scheme())
    with (
        serve_sandbox(mounted(apps)) as server,
        an_instance(folder / "instance", schemes=["essai"], territories=["dep-74"], library=library) as plain,
    ):
        assert isinstance(plain.clock, MovableClock)
        clock = plain.clock
        clock.advance(days=22)  # the scheme is open
        services = {
            key: {"base_url": f"{server.url}/{key}", **SETTINGS.get(key, {})}
            for key in apps
            if any(_has_address(getattr(plugins, family.name).get(key)) for family in FAMILIES)
        }
        calls = Calls()
        door = OutsideClient(
            AllowedHosts((), "sandbox"), clock, calls, wait=lambda s: clock.advance(seconds=s), chance=lambda: 0.5
        )
        cases = replace(plain, outside=door, services=services, secrets={"token": "a-token"})
        yield World(cases, apps, calls, [])


def _has_address(thing: object) -> bool:
    return isinstance(thing, Contract) and "base_url" in thing.Options.model_fields
