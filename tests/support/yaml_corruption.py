"""A real declaration, and ways to break it as people and machines do."""

from __future__ import annotations

import random

SAMPLE = """\
format: 1
kind: grant
id: aide-exemple                 # un commentaire
title: Aide d'urgence – volet 2
legal:
  basis: Décret n° 2020-371 du 30 mars 2020, art. 4
  silence:
    means: rejection
    suspended:
      - from: 2020-03-12
        until: 2020-06-23
  retention: {granted: 10 years, refused: 2 years, dropped: 1 year}
overlay_may_set: [texts, contacts, helpdesk]
form:
  tresorerie:
    title: Votre trésorerie à trente jours
    fields:
      dettes_30j:
        type: money
        label: "Dettes : exigibles dans l'année"
        min: 0
      nom:
        label: 'Nom de l''entreprise'
        help: |
          Le nom qui figure sur l'extrait Kbis.

            - sans abréviation : aucune
rules:
  2020-04-01:
    define:
      solde: actif_disponible - (dettes_30j + charges_fixes)
    criteria:
      tresorerie_negative:
        when: solde < 0 €
        otherwise: >-
          Votre trésorerie couvre
          vos échéances ({solde}).
    amount:
      - if: (non exercice_clos) ou besoin < 2 000 €
        then: 2 000 €
      - else: min(besoin, 5 000 €)
workflow:
  stages:
    decision: {phase: instruction, body: prefecture, needs: opinion,
               issued_by: prefet_region, expected: 5 days}
"""

_SIGNS = [*":#\"'{}[],-%>|*&!@`\\~=“”é😀"]
_PIECES = [
    ": ",
    " :",
    " #",
    "- ",
    "\t",
    "\n",
    "\n\n",
    "  ",
    " ",
    "? ",
    "<<: ",
    "---\n",
    "...\n",
    "|2\n",
    ">-\n",
    "!!int ",
]
_ODD = ["\u00a0", "\ufeff", "\x07", "\r", "\x85", "\u2028", "\u200b", "&a ", "*a"]
_BITS = [*_SIGNS, *_PIECES, *_ODD]


def corrupted(text: str, seed: int, without: str = "") -> str:
    """The text with one to five breaks, the same for the same seed, none of them by the signs left out."""
    rng = random.Random(seed)
    bits = [bit for bit in _BITS if not set(bit) & set(without)]
    for _ in range(rng.randint(1, 5)):
        text = rng.choice([_inserted, _cut, _moved, _reindented])(text, rng, bits)
    return text


def _inserted(text: str, rng: random.Random, bits: list[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(bits) + text[at:]


def _cut(text: str, rng: random.Random, bits: list[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice([1, 1, 2, 5, 40]) :]


def _moved(text: str, rng: random.Random, bits: list[str]) -> str:
    at, other = rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)
    return text[:at] + text[other : other + 40] + text[at:]


def _reindented(text: str, rng: random.Random, bits: list[str]) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = " " * rng.randint(0, 8) + lines[at].lstrip()
    return "\n".join(lines)
