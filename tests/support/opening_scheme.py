"""A scheme of two Régions as its author writes it, for journeys that begin with an empty folder."""

from __future__ import annotations

__all__ = ["BOTH", "DEFAULTS", "EXAMPLES", "SCHEME", "agents_file"]

SCHEME = """\
format: 1
kind: grant
language: fr
id: artisans
title: Fonds d'urgence artisans
territories: [reg-28, reg-53]
title_from: raison_sociale
about: {what: Une aide aux artisans., who: Les artisans., amount: De 500 € à 3 000 €}
legal:
  use: cadre_legal
  basis: Convention des Régions pour l'artisanat du 2 mars 2026
  competence: economic
  state_aid: {regime: De minimis (UE) 2023/2831}
  judged_on: filing
  data: {controller: Le président du conseil régional, dpia: 2026-03-10}
  homologation: {decided: 2026-03-11, until: 2099-03-10, by: Le directeur général des services}
  retention: {visa: Visa des archives du 9 mars 2026}
  algorithm: vérifier les conditions de l'aide et calculer son montant.
grants: {one_per: siret, across: all_territories}
calendar: {opens: 2026-04-01T08:00, closes: 2099-12-31}
overlay_may_set: [texts, helpdesk, calendar.closes, {parameter: plafond, min: 500 €, max: 3 000 €}]
envelope: {ceiling: 100 000 €, when_spent: wait}
parameters:
  plafond: {label: Montant le plus élevé, type: money, values: {2026-04-01: {value: 3 000 €}}}
form:
  entreprise:
    use: entreprise
    fields:
      region_siege: {type: region, label: Dans quelle Région est le siège ?}
      effectif: {type: integer, label: Nombre de salariés, min: 0}
      perte: {type: money, label: Perte du mois, min: 0}
  compte: {use: rib}
rules:
  2026-04-01:
    legal: Convention des Régions pour l'artisanat du 2 mars 2026, art. 2
    define:
      aide: {label: Aide, value: "max(500 €, min(plafond, arrondi_inf(perte * 50 % à 1 €)))"}
    criteria:
      siege_ici: {label: Siège dans la Région, when: region_siege = territory, otherwise: Le siège est ailleurs.}
      petite: {label: Moins de dix salariés, when: effectif < 10, otherwise: Il y a plus de neuf salariés.}
      sincerite: {use: attestation}
    amount: [always: aide]
workflow: {use: instructeur_puis_valideur}
payment: {use: paiement_collectivite, label: "ARTISANS {dossier.reference}"}
letters: {use: courriers}
notices: {use: messages}
texts: {use: [textes_courriers, textes_messages]}
"""
EXAMPLES = """\
format: 1
examples:
  cas_courant:
    title: En Bretagne
    territory: reg-53
    answers: {siret: "73282932000074", raison_sociale: Le Goff, region_siege: reg-53, effectif: 3, perte: 4 000,
              titulaire: Le Goff, iban: FR7630006000011234567890189}
    checks: {sincerite: true}
    expect: {outcome: eligible, amount: 2 000 €}
  ailleurs:
    title: Le siège est ailleurs
    like: cas_courant
    territory: reg-53
    answers: {region_siege: reg-28}
    expect: {outcome: not_eligible, failed: [siege_ici]}
"""
DEFAULTS = """\
format: 1
region:
  contacts: {service: Direction de l'économie, email: aides@exemple.fr, phone: 02 00 00 00 00, hours: 9 h – 17 h}
  payer: {name: Paierie régionale, accountant: Le payeur régional}
  imputation: {nature: "6574", fonction: "632", service: ECO}
  dpo: dpo@exemple.fr
  accessibility: {status: partial, assessed: 2026-03-12}
  signatories: {president: {name: Dominique Exemple, quality: La présidente du conseil régional}}
"""
BOTH = ("reg-28", "reg-53")


def agents_file() -> str:
    """Give the file of two agents for each act, in each Région."""
    people = [
        f"{role}-{number}.{territory}@exemple.fr;Agent {number};{role};Services;collectivite;{territory};artisans;"
        for territory in BOTH
        for role in ("instructeur", "valideur")
        for number in (1, 2)
    ]
    return "\n".join(["email;name;role;organisation;body;territory;scheme;ends_on", *people, ""])
