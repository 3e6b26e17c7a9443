"""From an empty folder to two Régions open for real, by commands alone: red items mended, then only what changed."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet_cli.main import run
from smtp_sink import smtp_sink

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


class Desk:
    """Somebody who types commands in a folder and reads what comes back."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def types(self, *words: str, leaves: int = 0) -> str:
        """Types a command, which must leave with this code, and gives what it said."""
        code = run(words, Settings(language="fr"))
        said = "".join(self._capsys.readouterr())
        assert code == leaves, said
        return said

    def writes(self, name: str, text: str) -> None:
        """Writes a file of the instance."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def red(self, territory: str) -> set[str]:
        """The items of a territory's list that are red."""
        run(("ready", "artisans", "--territory", territory), Settings(language="fr"))
        return set(re.findall(r"^ +rouge +(\w+)", self._capsys.readouterr().out, re.MULTILINE))


def agents() -> str:
    """Two agents for each act, in each Région."""
    people = [
        f"{role}-{number}.{territory}@exemple.fr;Agent {number};{role};Services;collectivite;{territory};artisans;"
        for territory in BOTH
        for role in ("instructeur", "valideur")
        for number in (1, 2)
    ]
    return "\n".join(["email;name;role;organisation;body;territory;scheme;ends_on", *people, ""])


def test_two_regions_open_for_real_once_nothing_is_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, capsys)
    desk.types("new", "instance", ".", "--mode", "live", "--url", "https://aides.exemple-region.fr")
    desk.writes("schemes/artisans/scheme.yaml", SCHEME)
    desk.writes("schemes/artisans/examples.yaml", EXAMPLES)
    desk.types("check")
    desk.types("test", "artisans")

    assert "rien n'est publié" in desk.types("territory", "enable", "artisans", *BOTH, leaves=2)
    wanted = {"signatory", "data_protection", "accessibility", "sender", "helpdesk", "agents", "payer", "letters"}
    assert desk.red("reg-53") == wanted
    desk.types("publish", "artisans", leaves=2)

    desk.writes("regions/_defaults.yaml", DEFAULTS)
    assert desk.red("reg-53") == {"sender", "agents"}
    desk.writes("agents.csv", agents())
    assert "8 ajoutées" in desk.types("agents", "import", "agents.csv", "--out", "mots-de-passe.csv")
    assert desk.red("reg-28") == desk.red("reg-53") == {"sender"}

    with smtp_sink() as mails:
        mail = f"{{smtp_host: 127.0.0.1, smtp_port: {mails.port}, security: none, sender: aides@exemple.fr}}"
        desk.writes("instance.yaml", (tmp_path / "instance.yaml").read_text("utf-8") + f"services:\n  email: {mail}\n")
        desk.types("ready", "artisans", "--territory", "reg-53", "--send-test", "essai@exemple.fr", leaves=2)
        code = re.search(
            r"\b[A-HJ-NP-Z2-9]{8}\b", message_from_bytes(mails.mails[-1], policy=policy.default).get_content()
        )
        assert code is not None
        signed = ("--by", "Camille Martin")
        desk.types("ready", "artisans", "--territory", "reg-53", "--acknowledge", code[0], *signed)
        why = ("--waive", "sender", "--because", "La même messagerie, essayée en Bretagne")
        assert desk.types("ready", "artisans", "--all", *why, *signed).count("rien n'est rouge") == 2

        first = desk.types("territory", "enable", "artisans", *BOTH)
        assert first.count("publication n° 1") == 2
        assert desk.types("territory", "enable", "artisans", *BOTH).count("rien à faire") == 2

        desk.writes("regions/reg-53/overlays/artisans.yaml", "format: 1\nset:\n  parameters.plafond: 2 500 €\n")
        again = desk.types("territory", "enable", "artisans", *BOTH)
        assert "reg-28 : rien à faire" in again
        assert "publication n° 2" in again

        desk.writes("regions/reg-28/overlays/artisans.yaml", "format: 1\nset:\n  grants.across: territory\n")
        refused = desk.types("territory", "enable", "artisans", "reg-28", leaves=2)
        assert 'regions/reg-28/overlays/artisans.yaml:3:3  le dispositif "artisans" ne laisse pas' in refused
        assert "reg-53 : rien de changé" in desk.types("publish", "artisans", "--territory", "reg-53")
