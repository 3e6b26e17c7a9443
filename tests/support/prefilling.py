"""A scheme that asks API Entreprise and the address base, on an instance whose services are stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from databases import SteppedClock
from declarations import SCHEME, a_library, with_change
from drafting import a_draft, an_account
from guichet.services import drafts
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft
from guichet.services.prefills import prefill_draft
from guichet.storage import prefills
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from guichet_plugins.connect.base_adresse import address_sandbox
from guichet_plugins.connect.recherche_entreprises.sandbox import CompanySandbox
from instances import an_instance
from sandboxes import Calls, Sandbox, a_door, sandbox

__all__ = ["COMPANY", "FIELDS", "OTHER", "PREFILL", "Prefilling", "a_prefilling", "scheme_with"]

COMPANY, OTHER = "55204944776279", "47846480300319"
PREFILL = """\
prefill:
  insee:
    plugin: api_entreprise
    object: aide_essai
    shown_to: applicant
    fields:
      nom: name
      naf: {item: naf, correctable: false}
      lieu: address
      effectif: employees
      attestation: tax_certificate
"""
FIELDS = """\
      siret: {type: siret, label: SIRET}
      nom: {type: text, label: Nom}
      naf: {type: naf, label: Activité}
      lieu: {type: address, label: Adresse, required: false}
      attestation: {type: attachment, label: Attestation fiscale}
"""
_TOP = "form:\n  demande:\n    title: Votre demande\n    fields:\n"


def scheme_with(prefill: str = PREFILL, fields: str = FIELDS) -> str:
    """Give the small scheme with fields to fill, and what fills them."""
    return with_change(_TOP, prefill + _TOP + fields, SCHEME)


@dataclass
class Prefilling:
    """An instance, its stand-ins, and an applicant with a draft; `clock` is that of the door outside."""

    cases: UseCases
    services: dict[str, Sandbox]
    calls: Calls
    clock: SteppedClock
    account: str
    reference: str

    @property
    def api(self) -> Sandbox:
        """The stand-in of API Entreprise."""
        return self.services["api_entreprise"]

    def save(self, **answers: Any) -> drafts.Saved:
        """Save answers of the one page."""
        return drafts.save_page(self.cases, self.account, self.reference, "demande", answers)

    def draft(self) -> Draft:
        """The draft as it is kept."""
        return drafts.open_draft(self.cases, self.account, self.reference)

    def prefilled(self, wait_s: float = 10.0) -> Draft:
        """The draft once sources were asked."""
        return prefill_draft(self.cases, self.draft(), wait_s)

    def said(self) -> dict[str, str]:
        """What sources said of each field: its state."""
        dossier = self.draft().dossier.id
        return {
            name: one.state for name, one in self.cases.store.read(lambda tx: prefills.of_dossier(tx, dossier)).items()
        }


@contextmanager
def a_prefilling(folder: Path, scheme: str = "", *, configured: bool = True) -> Iterator[Prefilling]:
    """Give an instance in which the scheme is open and its services answer."""
    library = a_library(folder / "declared", scheme or scheme_with())
    calls, clock = Calls(), SteppedClock()
    with (
        sandbox(ApiEntrepriseSandbox()) as api,
        sandbox(CompanySandbox(now=lambda: clock.now().timestamp())) as companies,
        sandbox(address_sandbox) as addresses,
        an_instance(
            folder / "instance",
            schemes=["essai"],
            territories=["dep-74"],
            on=SteppedClock().now().date().replace(month=5),
            library=library,
        ) as plain,
    ):
        served = {
            "api_entreprise": api,
            "recherche_entreprises": companies,
            "annuaire_entreprises": companies,
            "base_adresse": addresses,
        }
        services: dict[str, dict[str, Any]] = {key: {"base_url": one.url} for key, one in served.items()}
        services["api_entreprise"] |= {"token": "secret:token", "recipient": "22740001700074", "context": "essai"}
        cases = replace(
            plain,
            outside=a_door(log=calls, clock=clock),
            services=services if configured else {},
            secrets={"token": "a-token"},
        )
        account = an_account(cases)
        reference = a_draft(cases, account, "essai", "dep-74").reference
        yield Prefilling(cases, served, calls, clock, account, reference)
