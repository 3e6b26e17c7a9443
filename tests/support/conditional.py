"""The trial scheme of `declarations` with a stage that only some dossiers have."""

from __future__ import annotations

from declarations import SCHEME, with_change

__all__ = ["under_condition"]


def under_condition(when: str, scheme: str = SCHEME) -> str:
    """The trial scheme whose commission gives its opinion under a condition, between an opinion and the decision."""
    stages = f"""\
  bodies: {{service: Service, commission: Commission, president: Président}}
  stages:
    avis: {{label: Avis du service, body: service, act: opinion}}
    commission:
      label: Avis de la commission
      body: commission
      act: opinion
      when: {when}
    decision:
      label: Décision
      body: president
      act: decision
      issued_by: president
      needs: commission
"""
    return with_change("  use: instructeur_puis_valideur\n", stages, scheme)
