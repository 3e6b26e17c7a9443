"""A small scheme for tests, and the library of a folder written on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guichet.loader.library import Library, load_library
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

SCHEME = """\
format: 1
kind: grant
language: fr
id: essai
title: Aide d'essai
territories: [dep-73, dep-74]
about: {what: Une aide., who: Tous., amount: 500 €}
legal:
  use: cadre_legal
  basis: Délibération
  competence: social
  algorithm: vérifier les conditions.
calendar: {opens: 2020-05-04T08:00, closes: 2020-06-30}
overlay_may_set:
  - helpdesk
  - calendar.closes
  - {parameter: plafond, min: 100 €, max: 600 €}
parameters:
  plafond:
    label: Plafond
    type: money
    values:
      2020-05-01: {value: 500 €, legal: Délibération}
form:
  demande:
    title: Votre demande
    fields:
      effectif: {type: integer, label: Effectif, min: 0}
      annule: {type: boolean, label: Annulé ?}
      perte: {type: money, label: Perte, asked_when: annule, min: 0}
      titulaire: {type: text, label: Titulaire}
      iban: {type: iban, label: IBAN}
rules:
  2020-05-01:
    legal: Délibération
    define:
      retenu: {label: Perte retenue, value: "min(perte, plafond)"}
    criteria:
      petit:
        label: Au plus dix salariés
        when: effectif <= 10
        otherwise: Vous déclarez {effectif} salariés.
      annulation:
        label: Tournoi annulé
        when: annule
        otherwise: Il a eu lieu.
    amount:
      - if: annule
        then: retenu
      - else: 100 €
  2020-06-01:
    legal: Délibération modifiée
    criteria:
      petit:
        when: effectif <= 20
workflow:
  use: instructeur_puis_valideur
payment:
  payee: {name: titulaire, iban: iban}
  label: AIDE {dossier.reference}
  writer: {use: pivot_logiciel_financier}
  delivery: {plugin: folder}
  imputation: {nature: "6745", fonction: "5", service: "12"}
letters: {use: courriers}
notices: {use: messages}
texts: {use: [textes_courriers, textes_messages]}
"""


ESSAI_OTHERS = {"effectif": "3", "annule": "false", "titulaire": "ANNE", "iban": "FR7630006000011234567890189"}

_INVOICES = """\
      iban: {type: iban, label: IBAN}
      factures:
        type: rows
        label: Vos factures
        fields:
          fournisseur: {type: text, label: Fournisseur}
          montant: {type: money, label: Montant}
          piece: {type: attachment, label: La facture}
"""


def with_change(find: str, replace: str, text: str = SCHEME) -> str:
    """Give the scheme with one thing replaced; the thing must stand in it exactly once."""
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times"
    return text.replace(find, replace)


def scheme_with_invoices() -> str:
    """Give the small scheme with rows that hold a file each, and its other answers are `ESSAI_OTHERS`."""
    return with_change("      iban: {type: iban, label: IBAN}\n", _INVOICES)


def a_library(folder: Path, scheme: str = SCHEME, files: Mapping[str, str] | None = None) -> Library:
    """Give the library of a folder holding one scheme `essai` and other files, over the shipped declarations."""
    written = {"schemes/essai/scheme.yaml": scheme, **(files or {})}
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_library(
        (shipped_folder("schemes"), folder / "schemes"),
        (shipped_folder("regions"), folder / "regions"),
        shipped_plugins(),
        shown_from=folder,
        only=["essai"],
    )
